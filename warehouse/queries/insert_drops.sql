INSERT INTO store.drops BY NAME SELECT url, stage, reason, $now AS dropped_at FROM staged_drops
