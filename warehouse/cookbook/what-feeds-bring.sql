-- What does each feed bring: articles, statements, sides?
-- Feeds that bring nothing stand last.
-- in: The watch
WITH printed AS (SELECT feed_id, count(*) AS articles FROM articles GROUP BY feed_id),
said AS (
    SELECT feed_id, count(*) AS statements, count(*) FILTER (stance <> 'none') AS sided FROM statements GROUP BY feed_id
)
SELECT
    f.feed_id, f.publisher, coalesce(p.articles, 0) AS articles, coalesce(s.statements, 0) AS statements,
    coalesce(s.sided, 0) AS sided
FROM feeds AS f
LEFT JOIN printed AS p ON p.feed_id = f.feed_id
LEFT JOIN said AS s ON s.feed_id = f.feed_id
WHERE f.is_configured
ORDER BY sided DESC, f.feed_id
