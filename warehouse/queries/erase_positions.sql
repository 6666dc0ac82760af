DELETE FROM store.positions WHERE actor_id IN (SELECT actor_id FROM erased_actors) OR statement_id IN (SELECT statement_id FROM erased_statements) RETURNING 1
