SELECT max(window_end) FROM store.digests WHERE destination = $destination
