-- The segments of the lowest level that has as many of one kind as are merged.
CREATE OR REPLACE TEMP TABLE merging AS
WITH full_levels AS (SELECT kind, level FROM store.segments GROUP BY kind, level HAVING count(*) >= $most)
SELECT * FROM store.segments
WHERE (kind, level) IN (SELECT (kind, level) FROM full_levels ORDER BY level, kind LIMIT 1)
