-- What is new is settled, under its actor and in its voice.
UPDATE store.statements SET
    settled_at = $now, settled_actor_id = actor_id, settled_voice = coalesce(nullif(organisation, ''), persona_id)
WHERE settled_at IS NULL
