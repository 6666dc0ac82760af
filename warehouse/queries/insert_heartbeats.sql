-- Signs of life whose hour has come; none for a time before Stancewatch ran at all.
INSERT INTO store.messages BY NAME
SELECT
    s.message_id, 'heartbeat' AS kind, s.destination, s.timing,
    coalesce((
        SELECT max(m.window_end) FROM store.messages AS m
        WHERE m.kind = 'heartbeat' AND m.destination = s.destination
    ), s.starts_at) AS window_start,
    s.ends_at AS window_end, 'pending' AS status, 0 AS attempts, false AS is_repeat, [] AS recipients,
    $now AS created_at
FROM staged_slots AS s
ANTI JOIN store.messages AS m USING (message_id)
WHERE EXISTS (SELECT 1 FROM store.runs AS r WHERE r.started_at < s.ends_at)
