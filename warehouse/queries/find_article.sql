-- The article at an address, of an id, or that one of whose statements' ids begin so.
SELECT article_id, url, publisher, title, byline, CAST(published_at AS DATE) AS published_on, text, revision
FROM main.articles
WHERE article_id IN ($key, $guess) OR url = $key OR article_id = (
    SELECT any_value(article_id) FROM store.statements
    WHERE length($key) >= 4 AND starts_with(statement_id, lower($key))
    HAVING count(DISTINCT article_id) = 1)
ORDER BY article_id = $key DESC, url = $key DESC, article_id = $guess DESC
LIMIT 1
