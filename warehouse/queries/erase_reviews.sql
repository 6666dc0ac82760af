DELETE FROM store.reviews WHERE event_id IN (SELECT event_id FROM erased_events) RETURNING 1
