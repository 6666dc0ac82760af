CREATE OR REPLACE VIEW main.reviews AS
SELECT alert_id, event_id, decision, decided_by, decided_at, note
FROM store.reviews;

COMMENT ON VIEW main.reviews IS 'What analysts decided on alerts that waited for them.';
COMMENT ON COLUMN main.reviews.alert_id IS 'The alert.';
COMMENT ON COLUMN main.reviews.event_id IS 'Event it tells of.';
COMMENT ON COLUMN main.reviews.decision IS 'accept: it goes out; dismiss: it never does.';
COMMENT ON COLUMN main.reviews.decided_by IS 'User who decided.';
COMMENT ON COLUMN main.reviews.decided_at IS 'When (UTC).';
COMMENT ON COLUMN main.reviews.note IS 'Why.';
