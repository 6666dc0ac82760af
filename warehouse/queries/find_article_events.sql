-- Whatever was told of an article, for a trace.
CREATE OR REPLACE TEMP TABLE candidate_events AS
SELECT event_id, kind, actor_id, article_id, statement_id, stance, confidence, 'ledger' AS origin
FROM store.events
WHERE article_id = $article_id
