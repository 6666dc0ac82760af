UPDATE store.statements AS s SET original_id = o.original_id
FROM originals AS o
WHERE s.statement_id = o.statement_id
