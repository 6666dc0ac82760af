CREATE OR REPLACE TEMP TABLE unechoed AS
SELECT m.rowid AS row_id, m.*, s.shingles, s.stance <> 'none' AS has_side
FROM store.meanings AS m
JOIN store.statements AS s USING (statement_id)
JOIN store.articles AS a USING (article_id)
WHERE m.echoed_with <> $key AND a.kind <> 'seed'
LIMIT $limit
