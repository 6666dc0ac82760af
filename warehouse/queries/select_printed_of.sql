SELECT 'store.articles' AS table_name, rowid AS row_id, article_id, title, text, true AS is_present
FROM store.articles WHERE article_id IN (SELECT unnest($articles))
UNION ALL
SELECT 'store.article_revisions', rowid, article_id, title, text, false
FROM store.article_revisions WHERE article_id IN (SELECT unnest($articles))
