UPDATE store.messages SET status = 'pending', next_attempt_at = NULL, attempts = 0 WHERE status IN ('pending', 'dead')
