-- A page that has not changed since it was read may have a new headline in its feed.
UPDATE store.articles AS a SET title = e.title
FROM store.entries AS e
JOIN staged_reads AS s USING (entry_id)
WHERE e.article_id = a.article_id AND e.feed_id = a.feed_id AND e.title <> '' AND e.title <> a.title
  AND s.state = 'read' AND s.article_id IS NULL
