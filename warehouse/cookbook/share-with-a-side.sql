-- How much of what is said on each theme takes a side?
-- A statement with several themes counts under each.
-- in: Themes and words
SELECT
    t.label, count(*) AS statements, count(*) FILTER (s.stance <> 'none') AS sided,
    round(100 * avg((s.stance <> 'none')::INTEGER), 1) AS percent_sided
FROM statements AS s, unnest(s.themes) AS u(theme)
JOIN themes AS t ON t.theme = u.theme
WHERE NOT s.is_copy
GROUP BY t.label
ORDER BY percent_sided DESC, t.label
