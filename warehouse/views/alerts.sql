CREATE OR REPLACE VIEW main.alerts AS
SELECT alert_id, event_id, destination, status, created_at, rule, timing
FROM store.alerts;

COMMENT ON VIEW main.alerts IS 'The outbox: each event for each destination.';
COMMENT ON COLUMN main.alerts.alert_id IS 'Deterministic id: hash of event and destination.';
COMMENT ON COLUMN main.alerts.event_id IS 'Event it tells of.';
COMMENT ON COLUMN main.alerts.destination IS 'Name from config/alerts.yml.';
COMMENT ON COLUMN main.alerts.status IS 'pending, sending, sent, held (for the digest), unknown or dead.';
COMMENT ON COLUMN main.alerts.created_at IS 'When it was put into the outbox (UTC).';
COMMENT ON COLUMN main.alerts.rule IS 'Rule of config/alerts.yml that asked for it.';
COMMENT ON COLUMN main.alerts.timing IS 'at_once or digest.';
