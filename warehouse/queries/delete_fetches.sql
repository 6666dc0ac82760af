DELETE FROM store.fetches WHERE started_at < $before
