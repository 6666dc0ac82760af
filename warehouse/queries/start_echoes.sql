-- The seed statements that newer ones are held against.
CREATE OR REPLACE TEMP TABLE seed_meanings AS
SELECT m.*, s.shingles, s.stance <> 'none' AS has_side
FROM store.meanings AS m
JOIN store.statements AS s USING (statement_id)
JOIN store.articles AS a USING (article_id)
WHERE a.kind = 'seed' AND s.is_current AND (s.stance <> 'none' OR len(s.themes) > 0)
