DELETE FROM store.messages AS m
WHERE m.status = 'pending' AND m.kind NOT IN ('heartbeat', 'operator')
  AND NOT EXISTS (SELECT 1 FROM store.alerts AS a WHERE a.message_id = m.message_id)
