-- What some recipients have got is not sent to the others while nobody asks for it, and counts as sent; asked for again,
-- it waits for them anew.
UPDATE store.messages AS m SET status = CASE WHEN m.status = 'pending' THEN 'sent' ELSE 'pending' END
WHERE len(m.recipients) > 0 AND m.kind NOT IN ('heartbeat', 'operator')
  AND m.status = CASE
        WHEN EXISTS (SELECT 1 FROM store.alerts AS a WHERE a.message_id = m.message_id AND a.is_wanted) THEN 'sent'
        ELSE 'pending'
    END
