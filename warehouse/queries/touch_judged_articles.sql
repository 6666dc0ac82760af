-- The articles that wait for detection with answers of this judge in them.
CREATE OR REPLACE TEMP TABLE touched_articles AS
SELECT DISTINCT s.article_id
FROM store.statements AS s
SEMI JOIN (SELECT article_id FROM store.articles WHERE detected_at IS NULL) AS a USING (article_id)
SEMI JOIN (SELECT question_id FROM store.opinions WHERE judge = $judge) AS o USING (question_id)
