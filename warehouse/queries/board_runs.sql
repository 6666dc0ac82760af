SELECT
    run_id, flow, started_at, finished_at, status, detail, map_keys(counts) AS count_names,
    map_values(counts) AS count_values
FROM main.runs
ORDER BY started_at DESC, run_id DESC
LIMIT $runs
