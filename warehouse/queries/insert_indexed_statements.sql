INSERT INTO store.indexed_statements
SELECT n.item_id, n.doc, a.doc
FROM new_docs AS n
JOIN store.statements AS s ON s.statement_id = n.item_id
JOIN store.indexed_articles AS a ON a.article_id = s.article_id
WHERE n.kind = 'statement'
