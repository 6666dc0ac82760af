-- The seed statements that newer ones are held against; by row ids, so that of all others nothing but keys is read.
CREATE OR REPLACE TEMP TABLE seed_meanings AS
WITH seeds AS MATERIALIZED (
    SELECT m.rowid AS row_id, s.rowid AS statement_row
    FROM store.statements AS s
    JOIN store.meanings AS m USING (statement_id)
    WHERE s.kind = 'seed' AND s.is_current
),
said AS (
    SELECT statement_id, shingles, stance <> 'none' AS has_side
    FROM store.statements
    WHERE rowid IN (SELECT statement_row FROM seeds) AND (stance <> 'none' OR len(themes) > 0)
)
SELECT m.*, s.shingles, s.has_side
FROM (SELECT * FROM store.meanings WHERE rowid IN (SELECT row_id FROM seeds)) AS m
JOIN said AS s USING (statement_id)
