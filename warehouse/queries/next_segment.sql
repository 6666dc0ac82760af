SELECT coalesce(max(segment), 0) + 1 FROM store.segments
