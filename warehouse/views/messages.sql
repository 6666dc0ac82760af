CREATE OR REPLACE VIEW main.messages AS
WITH carried AS (SELECT message_id, count(*) AS alerts FROM store.alerts GROUP BY message_id),
taken AS (
    SELECT alert_id AS message_id, max(attempted_at) AS sent_at
    FROM store.deliveries
    WHERE outcome = 'sent'
    GROUP BY alert_id
)
SELECT
    m.message_id, m.kind, m.destination, m.timing, m.window_start, m.window_end, m.status, m.attempts,
    m.is_repeat AS is_possible_repeat, coalesce(c.alerts, 0) AS alerts, m.created_at, m.next_attempt_at, t.sent_at
FROM store.messages AS m
LEFT JOIN carried AS c USING (message_id)
LEFT JOIN taken AS t USING (message_id);

COMMENT ON VIEW main.messages IS 'What was or will be sent, one row a message: single alerts, digests, lists in place of too many alerts, signs of life.';
COMMENT ON COLUMN main.messages.message_id IS 'Deterministic id, also in the message itself: of the alert, or a hash of destination and window.';
COMMENT ON COLUMN main.messages.kind IS 'alert, digest, summary (a list in place of too many alerts), heartbeat, or operator (troubles of Stancewatch itself).';
COMMENT ON COLUMN main.messages.destination IS 'Name from config/alerts.yml.';
COMMENT ON COLUMN main.messages.timing IS 'at_once, hourly, daily or weekly.';
COMMENT ON COLUMN main.messages.window_start IS 'Beginning of what a digest or sign of life covers (UTC); null for others.';
COMMENT ON COLUMN main.messages.window_end IS 'End of it, excluded (UTC); null for others.';
COMMENT ON COLUMN main.messages.status IS 'pending, sending, sent, unknown (it may have arrived) or dead (given up).';
COMMENT ON COLUMN main.messages.attempts IS 'How often it was tried; deliveries has each attempt.';
COMMENT ON COLUMN main.messages.is_possible_repeat IS 'Whether it was sent once more after an attempt without a clear answer, and marked so.';
COMMENT ON COLUMN main.messages.alerts IS 'How many alerts it carries (alerts.message_id).';
COMMENT ON COLUMN main.messages.created_at IS 'When it was put together (UTC).';
COMMENT ON COLUMN main.messages.next_attempt_at IS 'Not tried before then (UTC); null: as soon as may be.';
COMMENT ON COLUMN main.messages.sent_at IS 'When the destination took it (UTC); null while it did not.';
