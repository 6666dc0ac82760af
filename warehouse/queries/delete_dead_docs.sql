-- Statements that are current again.
DELETE FROM store.dead_docs
WHERE kind = 'statement' AND doc IN (
    SELECT i.doc
    FROM store.statements AS s
    SEMI JOIN unindexed USING (article_id)
    JOIN store.indexed_statements AS i USING (statement_id)
    WHERE s.is_current
)
