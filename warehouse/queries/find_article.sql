SELECT article_id, url, publisher, title, byline, CAST(published_at AS DATE) AS published_on, text, revision
FROM main.articles
WHERE article_id IN ($key, $guess) OR url = $key
ORDER BY article_id = $key DESC, url = $key DESC
LIMIT 1
