-- Sent twice and interrupted twice: it is not tried a third time; nor is what may have arrived, though it waits by now,
-- once nobody asks for it any more.
UPDATE store.messages AS m SET status = 'unknown', is_repeat = true
WHERE (m.status = 'sending' AND m.is_repeat)
    OR ((m.status IN ('sending', 'unknown') OR (m.status = 'pending' AND m.is_repeat))
        AND m.kind NOT IN ('heartbeat', 'operator')
        AND NOT EXISTS (SELECT 1 FROM store.alerts AS a WHERE a.message_id = m.message_id AND a.is_wanted))
