CREATE OR REPLACE VIEW main.runs AS
SELECT
    run_id, flow, started_at, finished_at, status, detail, counts,
    epoch(finished_at) - epoch(started_at) AS seconds,
    stage_seconds, stage_bytes, memory_bytes, worker_memory_bytes, host, lease
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
COMMENT ON COLUMN main.runs.stage_seconds IS 'Seconds on the clock by stage: stage_seconds[''poll feeds'']; map_entries(stage_seconds) lists them. Null of runs by older versions.';
COMMENT ON COLUMN main.runs.stage_bytes IS 'Bytes that came over the network by stage, as for stage_seconds.';
COMMENT ON COLUMN main.runs.memory_bytes IS 'The most memory that its main process ever had; null of runs by older versions.';
COMMENT ON COLUMN main.runs.worker_memory_bytes IS 'The most memory that any one of its workers ever had; 0 if none was needed.';
COMMENT ON COLUMN main.runs.host IS 'Name of the machine or container it ran on; null of runs by older versions.';
COMMENT ON COLUMN main.runs.lease IS 'Number of its lease on the warehouse; the higher one shuts out the lower.';
