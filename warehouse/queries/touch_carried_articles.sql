-- Articles that were carried over, or that statements were: some were here already, under another headline perhaps.
CREATE OR REPLACE TEMP TABLE touched_articles AS
SELECT article_id FROM store.articles WHERE article_id IN (
    SELECT article_id FROM known.store.articles
    UNION
    SELECT article_id FROM known.store.statements)
