SELECT
    v.alert_id, v.event_id, v.rule, v.destination, v.timing, v.status, v.hold_reason, v.message_id,
    m.kind AS message_kind, v.created_at, m.next_attempt_at
FROM main.alerts AS v
JOIN store.events AS e USING (event_id)
LEFT JOIN store.messages AS m ON m.message_id = v.message_id
WHERE e.article_id = $article_id
ORDER BY v.created_at, v.destination
