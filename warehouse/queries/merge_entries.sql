-- What is new is decided here (see identify_entries). Changed words make the page worth reading again; a new date alone
-- does not make a new entry. Where a live feed and another's first poll bring the same page, it is news.
MERGE INTO store.entries AS e
USING (SELECT * FROM identified_entries WHERE rank = 1) AS s ON e.entry_id = s.entry_id
WHEN MATCHED AND e.feed_id = s.feed_id AND e.content_hash <> s.content_hash THEN UPDATE SET
    title = s.title, author = s.author, content = s.content, updated_at = s.updated_at,
    content_hash = s.content_hash, last_seen_at = $now, state = 'waiting', reason = '', attempts = 0,
    next_attempt_at = NULL
WHEN NOT MATCHED THEN INSERT (
    entry_id, feed_id, url, canonical_url, guid, title, author, content, published_at, dated_at, updated_at,
    content_hash, first_seen_at, last_seen_at, is_history, kept_since, state, reason, attempts, etag, last_modified)
VALUES (
    s.entry_id, s.feed_id, s.url, s.canonical_url, s.guid, s.title, s.author, s.content, s.published_at,
    s.published_at, s.updated_at, s.content_hash, $now, $now, s.is_history, s.kept_since, 'waiting', '', 0, '', '')
