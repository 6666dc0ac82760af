DELETE FROM store.event_changes WHERE event_id IN (SELECT event_id FROM erased_events) RETURNING 1
