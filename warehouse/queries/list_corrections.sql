-- What analysts said, what holds first.
SELECT status, * EXCLUDE (status) FROM main.corrections ORDER BY status <> 'in force', corrected_at, statement_id
