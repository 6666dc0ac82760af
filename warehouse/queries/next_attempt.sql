SELECT coalesce(max(attempt), 0) + 1 AS attempt FROM store.deliveries WHERE alert_id = $message_id
