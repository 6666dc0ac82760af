SELECT message_id, kind, destination, window_start, window_end, status, created_at, next_attempt_at
FROM store.messages
WHERE message_id = $message_id
