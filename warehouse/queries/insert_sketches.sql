INSERT INTO store.sketches BY NAME SELECT * EXCLUDE (is_rewritten) FROM staged_sketches
