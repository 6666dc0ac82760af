DELETE FROM store.echoes WHERE statement_id IN (SELECT statement_id FROM erased_statements) OR seed_statement_id IN (SELECT statement_id FROM erased_statements) RETURNING 1
