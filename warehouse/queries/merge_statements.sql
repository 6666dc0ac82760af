-- The same words in the same article are the same statement, whichever revision or engine brings them: labels change,
-- where the words were first seen does not.
MERGE INTO store.statements AS k
USING (
    SELECT s.*, coalesce(o.corrected, false) AS corrected, o.original_id, true AS is_current
    FROM staged_statements AS s
    LEFT JOIN store.statements AS o USING (statement_id)
) AS s ON k.statement_id = s.statement_id
WHEN MATCHED THEN UPDATE BY NAME
WHEN NOT MATCHED THEN INSERT BY NAME
