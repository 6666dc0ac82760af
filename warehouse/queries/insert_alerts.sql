-- The outbox, in the transaction that records the events.
INSERT INTO store.alerts BY NAME
SELECT
    substr(md5(event_id || '|' || destination), 1, 16) AS alert_id, event_id, rule, destination, timing,
    CASE WHEN timing = 'at_once' THEN 'pending' ELSE 'held' END AS status, 0 AS attempts, false AS is_repeat,
    [] AS recipients, $now AS created_at
FROM matched_rules
ANTI JOIN store.alerts AS a USING (event_id, destination)
WHERE run_id = $run_id
RETURNING alert_id
