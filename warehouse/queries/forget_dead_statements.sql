-- They were dropped from the merged segment: were they current again, they would be indexed anew.
DELETE FROM store.indexed_statements
WHERE doc IN (
    SELECT d.doc
    FROM store.dead_docs AS d
    JOIN merging AS m ON m.kind = d.kind AND d.doc BETWEEN m.first_doc AND m.last_doc
    WHERE d.kind = 'statement'
)
