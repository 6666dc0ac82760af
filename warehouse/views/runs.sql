CREATE OR REPLACE VIEW main.runs AS
SELECT
    run_id, flow, started_at, finished_at, status, detail, counts,
    epoch(finished_at) - epoch(started_at) AS seconds
FROM store.runs;

COMMENT ON VIEW main.runs IS 'Runs of the flows, one row each.';
COMMENT ON COLUMN main.runs.run_id IS 'Identity of the run.';
COMMENT ON COLUMN main.runs.flow IS 'monitor, backfill, digest or upkeep; import, seeds, restore and others when run by hand.';
COMMENT ON COLUMN main.runs.started_at IS 'When it began (UTC).';
COMMENT ON COLUMN main.runs.finished_at IS 'When it ended (UTC); null while it runs.';
COMMENT ON COLUMN main.runs.status IS 'running, completed, failed or dead (killed before it could say so).';
COMMENT ON COLUMN main.runs.detail IS 'What went wrong, in words; empty if nothing.';
COMMENT ON COLUMN main.runs.counts IS 'What it did, by name; what it did not do is missing, and null when asked for: coalesce(counts[''articles_new''], 0). Among the names: entries_new, articles_new, articles_edited, articles_analysed, statements, events_first, events_shift, events_theme, events_repeat, alerts, deliveries_sent, feeds_ok, feeds_failed.';
COMMENT ON COLUMN main.runs.seconds IS 'How long it took; null while it runs.';
