-- Texts that were edited, and statements that are current no more.
INSERT INTO store.dead_docs
SELECT 'article', old_doc FROM unindexed WHERE is_new AND old_doc IS NOT NULL
UNION ALL
SELECT 'statement', i.doc
FROM store.statements AS s
SEMI JOIN unindexed USING (article_id)
JOIN store.indexed_statements AS i USING (statement_id)
WHERE NOT s.is_current AND i.doc NOT IN (SELECT doc FROM store.dead_docs WHERE kind = 'statement')
