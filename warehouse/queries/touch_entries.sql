-- When an entry was last seen, and the date and address that its feed last gave it. Asked for at another address, a page
-- has no validators; one that could not be had at the old one is tried again.
UPDATE store.entries AS e SET
    last_seen_at = $now,
    dated_at = CASE WHEN e.feed_id = i.feed_id THEN coalesce(i.published_at, e.dated_at) ELSE e.dated_at END,
    url = CASE WHEN i.is_moved THEN i.url ELSE e.url END,
    canonical_url = CASE WHEN i.is_moved THEN i.canonical_url ELSE e.canonical_url END,
    etag = CASE WHEN i.is_moved THEN '' ELSE e.etag END,
    last_modified = CASE WHEN i.is_moved THEN '' ELSE e.last_modified END,
    state = CASE WHEN i.is_moved AND e.state = 'dropped' THEN 'waiting' ELSE e.state END,
    attempts = CASE WHEN i.is_moved AND e.state <> 'read' THEN 0 ELSE e.attempts END,
    next_attempt_at = CASE WHEN i.is_moved THEN NULL ELSE e.next_attempt_at END
FROM (
    SELECT i.*, i.feed_id = k.feed_id AND i.canonical_url <> k.canonical_url AS is_moved
    FROM identified_entries AS i
    JOIN store.entries AS k USING (entry_id)
    WHERE i.rank = 1 AND (
        k.last_seen_at < $now - INTERVAL 1 DAY OR (i.feed_id = k.feed_id
            AND (i.canonical_url <> k.canonical_url OR i.published_at IS DISTINCT FROM k.dated_at)))
) AS i
WHERE e.entry_id = i.entry_id
