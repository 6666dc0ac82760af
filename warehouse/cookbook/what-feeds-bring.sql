-- What does each feed bring: articles, statements, sides?
-- Feeds that bring nothing stand last.
-- in: The watch
SELECT
    f.feed_id, f.publisher, count(DISTINCT a.article_id) AS articles, count(s.statement_id) AS statements,
    count(*) FILTER (s.stance <> 'none') AS sided
FROM feeds AS f
LEFT JOIN articles AS a ON a.feed_id = f.feed_id
LEFT JOIN statements AS s ON s.article_id = a.article_id
WHERE f.is_configured
GROUP BY f.feed_id, f.publisher
ORDER BY sided DESC, f.feed_id
