SELECT alert_id AS message_id, destination, attempt, outcome, attempted_at, detail
FROM store.deliveries
WHERE alert_id IN (SELECT unnest($message_ids::VARCHAR[]))
ORDER BY attempted_at, attempt
