-- What was owed as a possible repeat stays one, though this attempt never left our hands.
UPDATE store.messages SET
    status = $status, attempts = $attempt, next_attempt_at = $next_attempt_at, recipients = $recipients::VARCHAR[],
    is_repeat = is_repeat OR $is_repeat
WHERE message_id = $message_id
