CREATE OR REPLACE VIEW main.alerts AS
WITH taken AS (
    SELECT alert_id AS message_id, max(attempted_at) AS sent_at
    FROM store.deliveries
    WHERE outcome = 'sent'
    GROUP BY alert_id
)
SELECT
    a.alert_id, a.event_id, a.destination,
    CASE
        WHEN NOT a.is_wanted AND coalesce(m.status, a.status) IN ('pending', 'held', 'review') THEN 'withdrawn'
        ELSE coalesce(m.status, a.status)
    END AS status,
    a.created_at, a.rule, a.timing, a.hold_reason, a.message_id, t.sent_at
FROM store.alerts AS a
LEFT JOIN store.messages AS m USING (message_id)
LEFT JOIN taken AS t USING (message_id);

COMMENT ON VIEW main.alerts IS 'The outbox: each event for each destination that a rule of config/alerts.yml asked for, one row each; JOIN stance_events USING (event_id) says what it tells.';
COMMENT ON COLUMN main.alerts.alert_id IS 'Deterministic id: hash of event and destination.';
COMMENT ON COLUMN main.alerts.event_id IS 'Event it tells of (stance_events.event_id).';
COMMENT ON COLUMN main.alerts.destination IS 'Name from config/alerts.yml.';
COMMENT ON COLUMN main.alerts.status IS 'pending, sending, sent, held (hold_reason says for what), review (waits for an analyst), dismissed (by an analyst), unknown (it may have arrived), dead (given up), or withdrawn (no news any more, or none that a rule asks for, since actors were merged or labels corrected).';
COMMENT ON COLUMN main.alerts.created_at IS 'When it was put into the outbox (UTC).';
COMMENT ON COLUMN main.alerts.rule IS 'Rule of config/alerts.yml that asked for it.';
COMMENT ON COLUMN main.alerts.timing IS 'at_once, hourly, daily or weekly.';
COMMENT ON COLUMN main.alerts.hold_reason IS 'What it waits for, in words; empty if for nothing.';
COMMENT ON COLUMN main.alerts.message_id IS 'Message that carries it (messages.message_id): its own, a digest, or a list in place of too many; null while it waits for a digest, a review or a quieter hour.';
COMMENT ON COLUMN main.alerts.sent_at IS 'When the destination took that message (UTC); null while it was not taken.';
