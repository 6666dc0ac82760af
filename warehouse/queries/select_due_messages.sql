-- What is to be sent now, oldest first. What was being sent when a run was killed may have arrived: it is due once more.
SELECT
    message_id, kind, destination, timing, window_start, window_end, attempts,
    is_repeat OR status IN ('sending', 'unknown') AS is_repeat, recipients, created_at
FROM store.messages
WHERE coalesce(next_attempt_at, $now) <= $now
  AND (status = 'pending' OR (status IN ('sending', 'unknown') AND NOT is_repeat))
ORDER BY created_at, message_id
