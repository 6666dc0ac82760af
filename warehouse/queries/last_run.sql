SELECT max(coalesce(finished_at, started_at)) FROM store.runs
