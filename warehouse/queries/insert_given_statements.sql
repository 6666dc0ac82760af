INSERT INTO store.given_statements BY NAME FROM staged_given_statements
