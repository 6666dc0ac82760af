-- Statements follow their persona; what was settled under another actor waits to be settled anew.
UPDATE store.statements AS s SET actor_id = r.actor_id
FROM resolved_actors AS r
WHERE s.persona_id = r.persona_id AND s.actor_id IS DISTINCT FROM r.actor_id
