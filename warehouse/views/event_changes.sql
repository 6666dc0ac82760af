CREATE OR REPLACE VIEW main.event_changes AS
SELECT event_id, changed_at, old_kind, new_kind, old_stance, new_stance, cause, run_id
FROM store.event_changes;

COMMENT ON VIEW main.event_changes IS 'Events that were told otherwise after an analyst spoke, one row a change; kind repeat: taken back.';
COMMENT ON COLUMN main.event_changes.event_id IS 'The event; stance_events has it as it stands now.';
COMMENT ON COLUMN main.event_changes.changed_at IS 'When (UTC).';
COMMENT ON COLUMN main.event_changes.old_kind IS 'What it was told as: first, shift, theme or repeat.';
COMMENT ON COLUMN main.event_changes.new_kind IS 'What it is told as since; repeat: it is no news, and its unsent alerts are withdrawn.';
COMMENT ON COLUMN main.event_changes.old_stance IS 'The side it was told with.';
COMMENT ON COLUMN main.event_changes.new_stance IS 'The side since.';
COMMENT ON COLUMN main.event_changes.cause IS 'correction (of a statement, or its undoing), or actors (merged or split).';
COMMENT ON COLUMN main.event_changes.run_id IS 'Run that told it otherwise.';
