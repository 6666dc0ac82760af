-- The events that were just judged, and those whose words were taken for another's.
CREATE OR REPLACE TEMP TABLE touched_events AS
SELECT event_id FROM judged_events
UNION
SELECT event_id FROM store.events WHERE statement_id IN (SELECT statement_id FROM unplaced_statements)
