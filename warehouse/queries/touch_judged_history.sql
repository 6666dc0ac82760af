-- The articles that were just settled, and those of events that were judged again.
CREATE OR REPLACE TEMP TABLE shown_articles AS
SELECT article_id FROM waiting_statements
UNION
SELECT article_id FROM store.events SEMI JOIN touched_events USING (event_id)
