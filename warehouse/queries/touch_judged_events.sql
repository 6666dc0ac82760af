-- The events that were just judged, those of articles that were, and those whose words were taken for another's.
CREATE OR REPLACE TEMP TABLE touched_events AS
SELECT event_id FROM store.events
WHERE event_id IN (SELECT event_id FROM judged_events)
    OR article_id IN (SELECT article_id FROM waiting_statements)
    OR statement_id IN (SELECT statement_id FROM unplaced_statements)
