INSERT INTO store.reprints
WITH prints AS (
    SELECT s.original_id, s.statement_id, s.publisher
    FROM store.statements AS s
    SEMI JOIN reprinted AS r ON r.original_id = s.original_id
)
SELECT original_id, statement_id, publisher
FROM prints
WHERE original_id IN (SELECT original_id FROM prints WHERE original_id <> statement_id)
