-- The outbox, newest first; messages that carry no one alert stand in it once they are in trouble.
WITH last_try AS (
    SELECT
        alert_id AS message_id, count(DISTINCT attempted_at) AS attempts, arg_max(detail, attempted_at) AS detail
    FROM store.deliveries GROUP BY alert_id
)
SELECT
    a.created_at, v.status, a.destination, e.kind, coalesce(nullif(e.person, ''), e.organisation) AS who, e.stance,
    e.previous_stance, coalesce(t.attempts, 0) AS attempts, coalesce(nullif(a.hold_reason, ''), t.detail, '')
        || CASE r.status WHEN 'arrived' THEN '; seen to arrive' WHEN 'missing' THEN '; did not arrive' ELSE '' END AS detail,
    a.alert_id
FROM store.alerts AS a
JOIN main.alerts AS v USING (alert_id)
JOIN main.stance_events AS e ON e.event_id = a.event_id
LEFT JOIN last_try AS t ON t.message_id = a.message_id
LEFT JOIN main.arrivals AS r ON r.message_id = a.message_id AND r.destination = a.destination
UNION ALL
SELECT
    m.created_at, m.status, m.destination, m.kind, m.timing, NULL, NULL, t.attempts,
    t.detail || CASE WHEN r.status = 'missing' THEN '; did not arrive' ELSE '' END, m.message_id
FROM store.messages AS m
JOIN last_try AS t USING (message_id)
LEFT JOIN main.arrivals AS r ON r.message_id = m.message_id AND r.destination = m.destination
WHERE m.kind <> 'alert' AND (m.status IN ('pending', 'unknown', 'dead') OR r.status = 'missing')
ORDER BY 1 DESC, 5, 3
