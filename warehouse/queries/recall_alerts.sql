-- Alerts that tell no news any more, or none that a rule asks for, leave the messages that nobody has got; should that
-- change, they wait anew.
UPDATE store.alerts AS a SET
    status = CASE WHEN a.timing = 'at_once' THEN 'pending' ELSE 'held' END, message_id = NULL
FROM store.messages AS m
WHERE m.message_id = a.message_id AND NOT a.is_wanted AND m.status = 'pending' AND NOT m.is_repeat
  AND len(m.recipients) = 0
