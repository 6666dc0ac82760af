SELECT min(started_at) FROM store.runs
