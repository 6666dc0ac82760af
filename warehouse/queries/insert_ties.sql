INSERT INTO store.persona_ties BY NAME SELECT DISTINCT * FROM staged_ties
