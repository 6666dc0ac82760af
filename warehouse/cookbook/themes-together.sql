-- Which themes do those who take a side speak of in one breath?
-- Pairs of themes in one statement; autonomy_control is in all of them and left out.
-- in: Themes and words
SELECT a.theme, b.theme AS other_theme, count(*) AS statements
FROM statements AS s, unnest(s.themes) AS a(theme), unnest(s.themes) AS b(theme)
WHERE s.stance <> 'none' AND NOT s.is_copy AND a.theme < b.theme
    AND a.theme <> 'autonomy_control' AND b.theme <> 'autonomy_control'
GROUP BY a.theme, b.theme
ORDER BY statements DESC, a.theme, b.theme
LIMIT 15
