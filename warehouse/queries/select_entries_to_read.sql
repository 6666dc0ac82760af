SELECT
    e.entry_id, e.feed_id, f.publisher, e.url, e.title, e.author, e.content, e.published_at, e.first_seen_at,
    e.is_history, e.attempts, e.etag, e.last_modified, e.article_id
FROM store.entries AS e
JOIN store.feeds AS f USING (feed_id)
WHERE e.state = 'waiting' AND (e.next_attempt_at IS NULL OR e.next_attempt_at <= $now)
ORDER BY e.attempts, e.feed_id, e.entry_id
LIMIT $limit
