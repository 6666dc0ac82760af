-- Alerts that are no news any more leave the messages that have not gone out; should they be news again, they wait anew.
UPDATE store.alerts AS a SET
    status = CASE WHEN a.timing = 'at_once' THEN 'pending' ELSE 'held' END, message_id = NULL
FROM store.messages AS m, store.events AS e
WHERE m.message_id = a.message_id AND e.event_id = a.event_id AND e.kind = 'repeat'
  AND m.status = 'pending' AND NOT m.is_repeat
