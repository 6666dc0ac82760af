-- The personas of an actor, and which of them a reference means: by id, by organisation, by both or by name.
SELECT
    p.persona_id, p.scope <> '' AND NOT starts_with(p.scope, '~') AS is_placed,
    starts_with(p.persona_id, lower($key)) AND length($key) >= 4 OR p.name = $name
        OR coalesce(bool_or(lower(s.organisation) = lower($key)
            OR lower(s.person || ' (' || s.organisation || ')') = lower($key)), false) AS is_meant
FROM store.personas AS p
LEFT JOIN store.statements AS s USING (persona_id)
WHERE p.actor_id = $actor_id
GROUP BY p.persona_id, p.scope, p.name
ORDER BY p.persona_id
