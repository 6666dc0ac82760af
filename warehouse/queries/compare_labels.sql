-- What became of the remembered labels: how many statements went from which stance to which (null: there is none), and
-- how many of these changed themes.
WITH
known AS (SELECT * FROM labels_before WHERE statement_id IS NOT NULL),
found AS (
    SELECT statement_id, stance, list_sort(themes) AS themes
    FROM store.statements
    WHERE is_current AND article_id IN (SELECT article_id FROM labels_before)
)
SELECT
    known.stance AS old_stance, found.stance AS new_stance, count(*) AS statements,
    count(*) FILTER (WHERE known.themes <> found.themes) AS with_other_themes
FROM known
FULL JOIN found USING (statement_id)
GROUP BY ALL
ORDER BY statements DESC, old_stance, new_stance
