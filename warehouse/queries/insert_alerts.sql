-- The outbox, in the transaction that records the events.
INSERT INTO store.alerts BY NAME
SELECT
    substr(md5(event_id || '|' || destination), 1, 16) AS alert_id, event_id, rule, destination, timing, status, hold_reason,
    $now AS created_at
FROM matched_rules
ANTI JOIN store.alerts USING (event_id, destination)
