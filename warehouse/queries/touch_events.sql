-- The events that show something of the touched articles.
CREATE OR REPLACE TEMP TABLE touched_events AS
SELECT event_id FROM store.events
WHERE article_id IN (SELECT article_id FROM touched_articles)
    OR previous_article_id IN (SELECT article_id FROM touched_articles)
