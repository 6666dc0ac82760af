SELECT
    v.alert_id, v.event_id, v.rule, v.destination, v.timing, v.status, '' AS hold_reason, $message_id AS message_id,
    v.created_at, a.next_attempt_at
FROM main.alerts AS v
JOIN store.alerts AS a USING (alert_id)
JOIN store.digests AS d ON d.digest_id = $message_id AND d.destination = v.destination
    AND v.created_at >= d.window_start AND v.created_at < d.window_end
WHERE v.timing = 'digest'
ORDER BY v.created_at, v.alert_id
