-- What others said in the same words is first said by the first of them.
UPDATE store.statements AS s SET original_id = o.statement_id
FROM (
    SELECT original_id, min(statement_id) AS statement_id
    FROM store.statements
    WHERE original_id IN (SELECT statement_id FROM erased_statements)
        AND statement_id NOT IN (SELECT statement_id FROM erased_statements)
    GROUP BY original_id
) AS o
WHERE s.original_id = o.original_id AND s.statement_id NOT IN (SELECT statement_id FROM erased_statements)
