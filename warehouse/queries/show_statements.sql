-- What statements of the touched articles show of them, as these stand now.
UPDATE store.statements AS s SET
    url = a.url, publisher = a.publisher, published_at = a.published_at, title = a.title, byline = a.byline,
    kind = a.kind, feed_id = a.feed_id, story_id = a.story_id, first_seen_at = a.first_seen_at
FROM (FROM store.articles SEMI JOIN touched_articles USING (article_id)) AS a
WHERE a.article_id = s.article_id
  AND row(a.url, a.publisher, a.published_at, a.title, a.byline, a.kind, a.feed_id, a.story_id, a.first_seen_at)
    IS DISTINCT FROM
    row(s.url, s.publisher, s.published_at, s.title, s.byline, s.kind, s.feed_id, s.story_id, s.first_seen_at)
