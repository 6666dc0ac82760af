CREATE OR REPLACE VIEW main.runs AS
SELECT run_id, flow, started_at, finished_at, status, detail, counts
FROM store.runs;

COMMENT ON VIEW main.runs IS 'Runs of the flows.';
COMMENT ON COLUMN main.runs.run_id IS 'Identity of the run.';
COMMENT ON COLUMN main.runs.flow IS 'monitor, backfill, digest or upkeep; import and seeds when run by hand.';
COMMENT ON COLUMN main.runs.started_at IS 'When it began (UTC).';
COMMENT ON COLUMN main.runs.finished_at IS 'When it ended (UTC); null while it runs.';
COMMENT ON COLUMN main.runs.status IS 'running, completed, failed or dead (killed before it could say so).';
COMMENT ON COLUMN main.runs.detail IS 'What went wrong, in words.';
COMMENT ON COLUMN main.runs.counts IS 'What it did, by name: counts[''articles_new''] and so on.';
