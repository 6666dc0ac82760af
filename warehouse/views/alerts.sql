CREATE OR REPLACE VIEW main.alerts AS
SELECT
    a.alert_id, a.event_id, a.destination,
    CASE WHEN a.status IN ('pending', 'held') AND e.kind = 'repeat' THEN 'withdrawn' ELSE a.status END AS status,
    a.created_at, a.rule, a.timing
FROM store.alerts AS a
LEFT JOIN store.events AS e USING (event_id);

COMMENT ON VIEW main.alerts IS 'The outbox: each event for each destination.';
COMMENT ON COLUMN main.alerts.alert_id IS 'Deterministic id: hash of event and destination.';
COMMENT ON COLUMN main.alerts.event_id IS 'Event it tells of.';
COMMENT ON COLUMN main.alerts.destination IS 'Name from config/alerts.yml.';
COMMENT ON COLUMN main.alerts.status IS 'pending, sending, sent, held (for the digest), unknown, dead, or withdrawn (no news any more since actors were merged).';
COMMENT ON COLUMN main.alerts.created_at IS 'When it was put into the outbox (UTC).';
COMMENT ON COLUMN main.alerts.rule IS 'Rule of config/alerts.yml that asked for it.';
COMMENT ON COLUMN main.alerts.timing IS 'at_once or digest.';
