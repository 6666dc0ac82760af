UPDATE store.runs SET
    finished_at = $now, heartbeat_at = $now, status = $status, detail = $detail,
    counts = map($names::VARCHAR[], $numbers::BIGINT[]),
    stage_seconds = map($stages::VARCHAR[], $stage_seconds::DOUBLE[]),
    stage_bytes = map($stages::VARCHAR[], $stage_bytes::BIGINT[]),
    memory_bytes = $memory_bytes, worker_memory_bytes = $worker_memory_bytes
WHERE run_id = $run_id
