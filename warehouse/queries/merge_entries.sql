-- What is new is decided here: an entry is known by its address anywhere, or by its id within its feed (unless the
-- feed gives that id to several entries, now or ever). Changed words make the page worth reading again; a new date alone
-- does not make a new entry. Where a live feed and another's first poll bring the same page, it is news.
MERGE INTO store.entries AS e
USING (
    WITH telling AS (
        SELECT feed_id, guid FROM staged_entries WHERE guid <> '' GROUP BY feed_id, guid HAVING count(*) = 1
    ),
    by_url AS (
        SELECT s.entry_id AS staged_id, min(k.entry_id) AS entry_id
        FROM staged_entries AS s JOIN store.entries AS k USING (canonical_url) GROUP BY s.entry_id
    ),
    known_ids AS (
        SELECT feed_id, guid, min(entry_id) AS entry_id FROM store.entries GROUP BY feed_id, guid HAVING count(*) = 1
    ),
    by_guid AS (
        SELECT s.entry_id AS staged_id, min(k.entry_id) AS entry_id
        FROM staged_entries AS s
        JOIN telling AS t ON t.feed_id = s.feed_id AND t.guid = s.guid
        JOIN known_ids AS k ON k.feed_id = s.feed_id AND k.guid = s.guid
        GROUP BY s.entry_id
    )
    SELECT s.* EXCLUDE (entry_id), coalesce(u.entry_id, g.entry_id, s.entry_id) AS entry_id
    FROM staged_entries AS s
    LEFT JOIN by_url AS u ON u.staged_id = s.entry_id
    LEFT JOIN by_guid AS g ON g.staged_id = s.entry_id
    QUALIFY row_number() OVER (
        PARTITION BY coalesce(u.entry_id, g.entry_id, s.entry_id) ORDER BY s.is_history, s.feed_id, s.position) = 1
) AS s ON e.entry_id = s.entry_id
WHEN MATCHED AND e.feed_id = s.feed_id AND e.content_hash <> s.content_hash THEN UPDATE SET
    title = s.title, author = s.author, content = s.content, updated_at = s.updated_at,
    content_hash = s.content_hash, last_seen_at = $now, state = 'waiting', reason = '', attempts = 0,
    next_attempt_at = NULL
WHEN MATCHED AND e.last_seen_at < $now - INTERVAL 1 DAY THEN UPDATE SET last_seen_at = $now
WHEN NOT MATCHED THEN INSERT (
    entry_id, feed_id, url, canonical_url, guid, title, author, content, published_at, updated_at, content_hash,
    first_seen_at, last_seen_at, is_history, kept_since, state, reason, attempts, etag, last_modified)
VALUES (
    s.entry_id, s.feed_id, s.url, s.canonical_url, s.guid, s.title, s.author, s.content, s.published_at, s.updated_at,
    s.content_hash, $now, $now, s.is_history, s.kept_since, 'waiting', '', 0, '', '')
RETURNING CASE WHEN merge_action = 'UPDATE' AND state <> 'waiting' THEN 'SEEN' ELSE merge_action END
