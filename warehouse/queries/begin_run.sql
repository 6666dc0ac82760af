INSERT INTO store.runs VALUES ($run_id, $flow, $pid, $now, $now, NULL, 'running', '', MAP {})
