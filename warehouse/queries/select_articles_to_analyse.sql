SELECT
    article_id, url, publisher, title, byline, CAST(published_at AS DATE) AS published_on, text, revision
FROM store.articles
WHERE language IN ('en', '')
  AND (analysed_revision IS DISTINCT FROM revision OR model_version <> $model_version)
  AND (NOT $only_known OR analysed_revision = revision)
ORDER BY first_seen_at, article_id
LIMIT $limit
