DELETE FROM store.meanings WHERE statement_id IN (SELECT statement_id FROM erased_statements) RETURNING 1
