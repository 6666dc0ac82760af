CREATE OR REPLACE VIEW main.arrivals AS
SELECT
    message_id, destination, sent_at,
    CASE WHEN arrived_at IS NOT NULL THEN 'arrived' WHEN checked_at >= due_at THEN 'missing' ELSE 'awaited' END AS status,
    arrived_at, checked_at, detail
FROM store.arrivals;

COMMENT ON VIEW main.arrivals IS 'Mail that is looked for in the probe mailbox of its destination, and whether it arrived.';
COMMENT ON COLUMN main.arrivals.message_id IS 'Message, as in messages.';
COMMENT ON COLUMN main.arrivals.destination IS 'Name from config/alerts.yml.';
COMMENT ON COLUMN main.arrivals.sent_at IS 'When the mail server took it (UTC).';
COMMENT ON COLUMN main.arrivals.status IS 'arrived, awaited, or missing (not seen probe_minutes after it was sent).';
COMMENT ON COLUMN main.arrivals.arrived_at IS 'Since when it lies in the mailbox, by its server''s clock (UTC); null if it was not seen.';
COMMENT ON COLUMN main.arrivals.checked_at IS 'When it was looked for last (UTC).';
COMMENT ON COLUMN main.arrivals.detail IS 'Why the mailbox could not be looked into, in words; empty if it could.';
