-- The news of a run, for its rules.
CREATE OR REPLACE TEMP TABLE candidate_events AS
SELECT event_id, kind, actor_id, article_id, statement_id, stance, confidence, 'ledger' AS origin
FROM store.events
WHERE run_id = $run_id AND kind <> 'repeat'
