-- Due now: what waits or was given up, with all its attempts before it; what may have arrived, if it was not repeated yet.
UPDATE store.messages SET status = CASE WHEN status = 'dead' THEN 'pending' ELSE status END, next_attempt_at = NULL, attempts = 0
WHERE status IN ('pending', 'dead') OR (status = 'unknown' AND NOT is_repeat)
