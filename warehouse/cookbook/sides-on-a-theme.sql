-- Who stands where on one theme?
-- The latest side of each actor on it; themes lists the keys.
-- $theme = finance
-- in: Where they stand
SELECT stance, actor_name, organisation, actor_type, london_day(since) AS since, quote, publisher, url
FROM theme_positions
WHERE theme = $theme
ORDER BY stance, actor_name
