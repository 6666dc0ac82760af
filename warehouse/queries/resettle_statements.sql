-- What was settled under another actor, or in another voice, is settled under who it is now.
UPDATE store.statements AS s SET settled_actor_id = w.actor_id, settled_voice = w.voice
FROM (
    SELECT statement_id, actor_id, voice FROM waiting_statements
    WHERE settled_at IS NOT NULL AND (settled_actor_id, settled_voice) IS DISTINCT FROM (actor_id, voice)
) AS w
WHERE s.statement_id = w.statement_id
