UPDATE store.messages SET status = $status, next_attempt_at = $next_attempt_at, recipients = $recipients::VARCHAR[]
WHERE message_id = $message_id
