SELECT
    v.alert_id, v.event_id, v.rule, v.destination, v.timing, v.status, v.hold_reason, v.message_id,
    m.kind AS message_kind, v.created_at, m.next_attempt_at
FROM main.alerts AS v
JOIN store.messages AS m USING (message_id)
WHERE v.message_id = $message_id
ORDER BY v.created_at, v.alert_id
