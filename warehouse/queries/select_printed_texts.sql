SELECT article_id, publisher, title, url, coalesce(published_at, first_seen_at) AS dated_at, text
FROM store.articles
WHERE article_id IN (SELECT unnest($ids))
