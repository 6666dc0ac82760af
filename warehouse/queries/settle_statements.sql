UPDATE store.statements SET settled_at = coalesce(settled_at, $now), settled_actor_id = actor_id
WHERE original_id IS NOT NULL AND (settled_at IS NULL OR settled_actor_id IS DISTINCT FROM actor_id)
