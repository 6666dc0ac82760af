SELECT revision, fetched_at, len(added) AS added, len(removed) AS removed
FROM main.revisions
WHERE article_id = $article_id AND revision > 1
ORDER BY revision
