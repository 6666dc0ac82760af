-- News before history; feeds take turns, so that no host keeps the others waiting. What was found in archives waits for
-- those who asked for it: it must not delay news. The texts that feeds carry are taken up last: all would fill the memory.
WITH waiting AS (
    SELECT
        entry_id, feed_id, attempts, is_history, kept_since IS NOT NULL AS is_archived,
        row_number() OVER (PARTITION BY feed_id ORDER BY attempts, entry_id) AS turn
    FROM store.entries
    WHERE state = 'waiting' AND (next_attempt_at IS NULL OR next_attempt_at <= $now)
        AND (kept_since IS NULL OR $with_archives)
),
chosen AS (
    SELECT entry_id, row_number() OVER (ORDER BY attempts, is_history, is_archived, turn, feed_id) AS place
    FROM waiting
    QUALIFY place <= $limit
)
SELECT
    e.entry_id, e.feed_id, f.publisher, e.url, e.title, e.author, e.content, e.published_at, e.first_seen_at,
    e.is_history, e.attempts, e.etag, e.last_modified, e.kept_since, e.article_id
FROM chosen AS c
JOIN store.entries AS e USING (entry_id)
JOIN store.feeds AS f ON f.feed_id = e.feed_id
ORDER BY c.place
