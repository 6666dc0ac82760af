-- Which labels that take a side is the model least sure of?
-- Good ones to look at first; stancewatch correct overrules them.
-- in: How sure it is
WITH least AS (
    SELECT statement_id
    FROM statements
    WHERE stance <> 'none' AND NOT corrected AND NOT is_copy
    ORDER BY confidence, statement_id
    LIMIT 10
)
SELECT speaker, stance, round(confidence, 2) AS confidence, text, statement_id
FROM statements
WHERE statement_id IN (FROM least)
ORDER BY statements.confidence, statement_id
