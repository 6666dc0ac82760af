SELECT max(started_at) FROM store.runs WHERE flow = $flow AND status = 'completed'
