DELETE FROM store.dead_docs AS d
USING merging AS m
WHERE m.kind = d.kind AND d.doc BETWEEN m.first_doc AND m.last_doc
