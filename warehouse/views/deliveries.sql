CREATE OR REPLACE VIEW main.deliveries AS
SELECT alert_id, destination, attempt, outcome, attempted_at AS "at", detail, attempted_at, alert_id AS message_id
FROM store.deliveries;

COMMENT ON VIEW main.deliveries IS 'Each attempt to deliver a message (messages.message_id): an alert, a digest, a list, a sign of life; one row an attempt.';
COMMENT ON COLUMN main.deliveries.alert_id IS 'The alert that was sent alone, else the message.';
COMMENT ON COLUMN main.deliveries.destination IS 'Name from config/alerts.yml.';
COMMENT ON COLUMN main.deliveries.attempt IS '1 for the first.';
COMMENT ON COLUMN main.deliveries.outcome IS 'sent, failed, unknown, dead, or refused (one recipient of several, for good).';
COMMENT ON COLUMN main.deliveries."at" IS 'When (UTC); a reserved word in DuckDB, so write it in double quotes, or use attempted_at.';
COMMENT ON COLUMN main.deliveries.detail IS 'What the service said.';
COMMENT ON COLUMN main.deliveries.attempted_at IS 'The same as "at", under a name that needs no quotes.';
COMMENT ON COLUMN main.deliveries.message_id IS 'The message (messages.message_id, alerts.message_id): the same as alert_id, under the name to join by.';
