-- Sent twice and interrupted twice: it is not tried a third time; nor is what nobody asks for any more.
UPDATE store.messages AS m SET status = 'unknown', is_repeat = true
WHERE m.status IN ('sending', 'unknown') AND (
    (m.status = 'sending' AND m.is_repeat)
    OR (m.kind NOT IN ('heartbeat', 'operator') AND NOT EXISTS (
        SELECT 1 FROM store.alerts AS a WHERE a.message_id = m.message_id AND a.is_wanted)))
