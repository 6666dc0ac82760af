UPDATE store.messages SET
    status = $status, attempts = $attempt, next_attempt_at = $next_attempt_at, recipients = $recipients::VARCHAR[]
WHERE message_id = $message_id
