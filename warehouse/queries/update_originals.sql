UPDATE store.statements AS s SET original_id = o.original_id
FROM originals AS o
WHERE s.rowid = o.row_id
