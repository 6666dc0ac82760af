DELETE FROM store.deliveries WHERE alert_id IN (SELECT message_id FROM erased_messages) RETURNING 1
