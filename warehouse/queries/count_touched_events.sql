SELECT count(*) FROM touched_events
