-- By row ids, so that of all others nothing but keys is read.
CREATE OR REPLACE TEMP TABLE unechoed AS
WITH waiting AS MATERIALIZED (
    SELECT m.rowid AS row_id, s.rowid AS statement_row
    FROM store.meanings AS m
    JOIN store.statements AS s USING (statement_id)
    WHERE m.echoed_with <> $key AND s.kind <> 'seed'
    LIMIT $limit
),
meant AS (SELECT rowid AS row_id, * FROM store.meanings WHERE rowid IN (SELECT row_id FROM waiting)),
said AS (
    SELECT statement_id, shingles, stance <> 'none' AS has_side
    FROM store.statements
    WHERE rowid IN (SELECT statement_row FROM waiting)
)
SELECT m.*, s.shingles, s.has_side
FROM meant AS m
JOIN said AS s USING (statement_id)
