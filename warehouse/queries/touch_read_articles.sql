-- Likewise, and those that may get another headline of their feeds'.
CREATE OR REPLACE TEMP TABLE touched_articles AS
SELECT article_id FROM store.articles SEMI JOIN staged_articles USING (article_id)
UNION
SELECT e.article_id
FROM store.entries AS e
SEMI JOIN (FROM staged_reads WHERE state = 'read' AND article_id IS NULL) AS s USING (entry_id)
WHERE e.article_id IS NOT NULL
