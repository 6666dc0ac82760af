-- The last run of each flow that ended, the newest first.
SELECT flow, max_by(status, started_at) AS status, max(started_at) AS started_at
FROM main.runs WHERE status <> 'running' GROUP BY flow ORDER BY started_at DESC
