-- What was judged in this run and alerts were owed for before.
CREATE OR REPLACE TEMP TABLE candidate_events AS
SELECT event_id, kind, actor_id, article_id, statement_id, stance, confidence, 'ledger' AS origin
FROM store.events
WHERE event_id IN (SELECT event_id FROM judged_events) AND event_id IN (SELECT event_id FROM store.alerts)
