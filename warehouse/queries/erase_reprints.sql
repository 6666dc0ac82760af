DELETE FROM store.reprints WHERE statement_id IN (SELECT statement_id FROM erased_statements) OR original_id IN (SELECT statement_id FROM erased_statements) RETURNING 1
