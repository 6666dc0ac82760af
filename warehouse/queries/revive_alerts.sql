UPDATE store.alerts SET status = 'pending', next_attempt_at = NULL, attempts = 0
WHERE timing = 'at_once' AND status IN ('pending', 'dead')
