INSERT INTO store.reprints
WITH prints AS (
    SELECT s.original_id, s.statement_id, s.article_id
    FROM store.statements AS s
    SEMI JOIN reprinted AS r ON r.original_id = s.original_id
)
SELECT p.original_id, p.statement_id, a.publisher
FROM prints AS p
JOIN store.articles AS a USING (article_id)
WHERE p.original_id IN (SELECT original_id FROM prints WHERE original_id <> statement_id)
