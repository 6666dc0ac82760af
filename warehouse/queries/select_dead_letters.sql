-- Destinations that do not get what they are owed: given up, or failing and tried again; why, the last time.
WITH last_try AS (
    SELECT alert_id AS message_id, arg_max(detail, attempted_at) AS detail, max(attempted_at) AS attempted_at
    FROM store.deliveries GROUP BY alert_id
)
SELECT
    m.destination, count(*) FILTER (m.status = 'dead') AS dead, count(*) FILTER (m.status <> 'dead') AS failing,
    arg_max(t.detail, t.attempted_at) AS detail, max(t.attempted_at) AS last_at
FROM store.messages AS m
JOIN last_try AS t USING (message_id)
WHERE m.status = 'dead' OR (m.status = 'pending' AND m.attempts > 0)
GROUP BY m.destination
ORDER BY m.destination
