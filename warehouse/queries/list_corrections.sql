SELECT * FROM main.corrections ORDER BY corrected_at, statement_id
