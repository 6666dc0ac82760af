-- What these messages carried, and what an analyst kept from going out. Alerts that nobody was told of and nobody decided
-- on come again with their news.
MERGE INTO store.alerts AS a
USING (
    SELECT * FROM known.store.alerts
    WHERE status = 'dismissed' OR message_id IN (
        SELECT message_id FROM known.store.messages WHERE status <> 'pending' OR is_repeat OR len(recipients) > 0)
) AS k ON a.alert_id = k.alert_id
WHEN MATCHED AND (a.status, a.message_id) IS DISTINCT FROM (k.status, k.message_id) AND NOT EXISTS (
        SELECT 1 FROM store.messages AS m
        WHERE m.message_id = a.message_id AND a.message_id IS DISTINCT FROM k.message_id
            AND (m.status <> 'pending' OR m.is_repeat OR len(m.recipients) > 0)
    ) THEN UPDATE SET
    status = k.status, hold_reason = k.hold_reason, message_id = k.message_id, timing = k.timing
WHEN NOT MATCHED THEN INSERT BY NAME
