-- Digests whose hour has come, each with its window and once; none where nothing is held for it. The first after a restore
-- that could not learn what had been sent may tell what was told.
INSERT INTO store.messages BY NAME
WITH due AS (
    SELECT
        s.message_id, 'digest' AS kind, s.destination, s.timing,
        coalesce((
            SELECT max(m.window_end) FROM store.messages AS m
            WHERE m.kind = 'digest' AND m.destination = s.destination AND m.timing = s.timing
        ), s.starts_at) AS window_start,
        s.ends_at AS window_end
    FROM staged_slots AS s
    ANTI JOIN store.messages AS m USING (message_id)
    WHERE EXISTS (
        SELECT 1 FROM store.alerts AS a
        WHERE a.destination = s.destination AND a.timing = s.timing AND a.status IN ('pending', 'held') AND a.created_at < s.ends_at
          AND a.is_wanted AND NOT list_contains($muted_rules::VARCHAR[], a.rule))
)
SELECT
    d.*, 'pending' AS status, 0 AS attempts, coalesce(r.restored_at >= d.window_start, false) AS is_repeat,
    [] AS recipients, $now AS created_at
FROM due AS d
CROSS JOIN (
    SELECT max(started_at) AS restored_at FROM store.runs WHERE flow = 'restore' AND counts['record_unknown'] = 1
) AS r
