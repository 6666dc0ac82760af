-- Destinations that do not get what they are owed: given up, failing and tried again, or refused for good by a mail server
-- that took the message for others (in the last week); why, the last time.
WITH last_try AS (
    SELECT
        alert_id AS message_id, arg_max(detail, attempted_at) AS detail, max(attempted_at) AS attempted_at,
        count(*) FILTER (outcome = 'refused' AND attempted_at > $now - INTERVAL 7 DAY) AS refused
    FROM store.deliveries GROUP BY alert_id
)
SELECT
    m.destination, count(*) FILTER (m.status = 'dead') AS dead, count(*) FILTER (m.status = 'pending') AS failing,
    sum(t.refused)::BIGINT AS refused, arg_max(t.detail, t.attempted_at) AS detail, max(t.attempted_at) AS last_at
FROM store.messages AS m
JOIN last_try AS t USING (message_id)
WHERE m.status = 'dead' OR (m.status = 'pending' AND m.attempts > 0) OR t.refused > 0
GROUP BY m.destination
ORDER BY m.destination
