INSERT INTO store.sketch_bands BY NAME SELECT * FROM staged_bands
