-- How much of what is said on each theme takes a side?
-- A statement with several themes counts under each.
-- in: Themes and words
WITH spoken AS (
    SELECT themes, count(*) AS statements, count(*) FILTER (stance <> 'none') AS sided
    FROM statements WHERE NOT is_copy GROUP BY themes
)
SELECT
    t.label, sum(s.statements)::BIGINT AS statements, sum(s.sided)::BIGINT AS sided,
    round(100 * sum(s.sided) / sum(s.statements), 1) AS percent_sided
FROM spoken AS s, unnest(s.themes) AS u(theme)
JOIN themes AS t ON t.theme = u.theme
GROUP BY t.label
ORDER BY percent_sided DESC, t.label
