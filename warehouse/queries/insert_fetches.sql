INSERT INTO store.fetches BY NAME SELECT $run_id AS run_id, * FROM staged_fetches
