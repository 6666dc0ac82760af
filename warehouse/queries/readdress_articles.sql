-- A new headline, or an address to which the page moved, is shown at once; it makes no revision of the text.
UPDATE store.articles AS a SET title = coalesce(nullif(s.title, ''), a.title), url = s.url
FROM (SELECT DISTINCT ON (article_id) * FROM staged_articles ORDER BY article_id, first_seen_at, url) AS s
WHERE a.article_id = s.article_id AND a.kind = s.kind AND a.feed_id = s.feed_id AND a.text_hash = s.text_hash
  AND (a.title <> s.title OR a.url <> s.url)
