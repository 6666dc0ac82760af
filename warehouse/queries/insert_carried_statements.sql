-- The words of carried events and those that they differ from. The engine finds them anew in their article; until then,
-- and should it not, they are kept as what was said once.
INSERT INTO store.statements BY NAME
SELECT
    k.* REPLACE (false AS is_current, NULL AS settled_at, NULL AS settled_actor_id, NULL AS settled_voice, NULL AS original_id)
FROM known.store.statements AS k
ANTI JOIN store.statements AS s USING (statement_id)
WHERE k.statement_id IN (
    SELECT unnest([statement_id, previous_statement_id]) FROM store.events)
