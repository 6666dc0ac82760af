-- Which messages failed, or may have arrived twice?
-- Empty is good; deliveries has each attempt.
-- in: Alerts
SELECT m.destination, m.kind, m.status, m.attempts, m.is_possible_repeat, d.outcome, d.detail, d.attempted_at
FROM messages AS m
JOIN deliveries AS d USING (message_id)
WHERE m.attempts > 1 OR m.status IN ('unknown', 'dead') OR d.outcome <> 'sent'
ORDER BY d.attempted_at DESC, m.message_id
