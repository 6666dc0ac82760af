DELETE FROM store.amendments WHERE statement_id IN (SELECT statement_id FROM erased_statements) RETURNING 1
