INSERT INTO store.runs BY NAME
SELECT
    $run_id AS run_id, $flow AS flow, $pid AS pid, $now AS started_at, $now AS heartbeat_at, 'running' AS status,
    '' AS detail, MAP {}::MAP(VARCHAR, BIGINT) AS counts, $host AS host, $lease AS lease
