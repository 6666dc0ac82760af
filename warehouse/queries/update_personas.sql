UPDATE store.personas AS p SET actor_id = r.actor_id
FROM resolved_actors AS r
WHERE p.persona_id = r.persona_id AND p.actor_id <> r.actor_id
