INSERT INTO store.deliveries BY NAME
SELECT k.* FROM known.store.deliveries AS k
SEMI JOIN store.messages AS m ON m.message_id = k.alert_id
ANTI JOIN store.deliveries AS d USING (alert_id, destination, attempt, outcome, attempted_at)
