CREATE OR REPLACE VIEW main.deliveries AS
SELECT alert_id, destination, attempt, outcome, attempted_at AS "at", detail, attempted_at
FROM store.deliveries;

COMMENT ON VIEW main.deliveries IS 'Each attempt to deliver an alert or a digest.';
COMMENT ON COLUMN main.deliveries.alert_id IS 'Alert, or digest.';
COMMENT ON COLUMN main.deliveries.destination IS 'Name from config/alerts.yml.';
COMMENT ON COLUMN main.deliveries.attempt IS '1 for the first.';
COMMENT ON COLUMN main.deliveries.outcome IS 'sent, failed, unknown, dead, or refused (one recipient of several, for good).';
COMMENT ON COLUMN main.deliveries."at" IS 'When (UTC); a reserved word in DuckDB, so write it in double quotes.';
COMMENT ON COLUMN main.deliveries.detail IS 'What the service said.';
COMMENT ON COLUMN main.deliveries.attempted_at IS 'The same as "at", under a name that needs no quotes.';
