-- An edited article has another number.
UPDATE store.indexed_statements AS i SET article_doc = n.doc
FROM unindexed AS u
JOIN new_docs AS n ON n.kind = 'article' AND n.item_id = u.article_id
WHERE i.article_doc = u.old_doc
