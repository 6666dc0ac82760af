-- Runs since a moment that failed or were killed; one that says it is running was killed, where nobody holds the file.
SELECT flow, started_at, CASE WHEN status = 'failed' THEN detail ELSE 'killed before it could end' END AS detail
FROM store.runs
WHERE started_at >= $since AND (status IN ('failed', 'dead') OR (status = 'running' AND $is_idle))
ORDER BY started_at DESC, run_id
