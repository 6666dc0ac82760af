-- Which themes do those who take a side speak of in one breath?
-- Pairs of themes in one statement; autonomy_control is in all of them and left out.
-- in: Themes and words
WITH spoken AS (
    SELECT themes, count(*) AS statements FROM statements WHERE stance <> 'none' AND NOT is_copy GROUP BY themes
)
SELECT a.theme, b.theme AS other_theme, sum(s.statements)::BIGINT AS statements
FROM spoken AS s, unnest(s.themes) AS a(theme), unnest(s.themes) AS b(theme)
WHERE a.theme < b.theme AND a.theme <> 'autonomy_control' AND b.theme <> 'autonomy_control'
GROUP BY a.theme, b.theme
ORDER BY statements DESC, a.theme, b.theme
LIMIT 15
