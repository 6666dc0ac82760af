SELECT article_id, url, publisher, published_at, first_seen_at
FROM store.articles
WHERE story_id = $story_id
ORDER BY coalesce(published_at, 'infinity'::TIMESTAMPTZ), article_id
