-- News before history; feeds take turns, so that no host keeps the others waiting. What was found in archives waits for
-- those who asked for it: it must not delay news.
SELECT
    e.entry_id, e.feed_id, f.publisher, e.url, e.title, e.author, e.content, e.published_at, e.first_seen_at,
    e.is_history, e.attempts, e.etag, e.last_modified, e.kept_since, e.article_id
FROM store.entries AS e
JOIN store.feeds AS f USING (feed_id)
WHERE e.state = 'waiting' AND (e.next_attempt_at IS NULL OR e.next_attempt_at <= $now)
    AND (e.kept_since IS NULL OR $with_archives)
ORDER BY
    e.attempts, e.is_history, e.kept_since IS NOT NULL, row_number() OVER (PARTITION BY e.feed_id ORDER BY e.attempts, e.entry_id),
    e.feed_id
LIMIT $limit
