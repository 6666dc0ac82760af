UPDATE store.runs SET
    finished_at = $now, heartbeat_at = $now, status = $status, detail = $detail,
    counts = map($names::VARCHAR[], $numbers::BIGINT[])
WHERE run_id = $run_id
