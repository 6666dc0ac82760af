-- A destination that asked to be left alone for a while is asked for nothing else before.
UPDATE store.messages SET next_attempt_at = greatest(coalesce(next_attempt_at, $until), $until)
WHERE destination = $destination AND status = 'pending' AND message_id <> $message_id
