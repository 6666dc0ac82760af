-- The configuration into the store. An address that changed in the file wins over a remembered move,
-- and is asked at once, without what the old one gave for the next request.
MERGE INTO store.feeds AS f
USING staged_feeds AS s ON f.feed_id = s.feed_id
WHEN MATCHED THEN UPDATE SET
    publisher = s.publisher, kind = s.kind, homepage = s.homepage, format = s.format,
    interval_minutes = s.interval_minutes, expected_7d = s.expected_7d, is_configured = true,
    url = CASE WHEN f.configured_url = s.url THEN f.url ELSE s.url END,
    status = CASE WHEN f.configured_url = s.url THEN f.status ELSE 'new' END,
    reason = CASE WHEN f.configured_url = s.url THEN f.reason ELSE '' END,
    failures = CASE WHEN f.configured_url = s.url THEN f.failures ELSE 0 END,
    etag = CASE WHEN f.configured_url = s.url THEN f.etag ELSE '' END,
    last_modified = CASE WHEN f.configured_url = s.url THEN f.last_modified ELSE '' END,
    body_hash = CASE WHEN f.configured_url = s.url THEN f.body_hash ELSE '' END,
    next_fetch_at = CASE WHEN f.configured_url = s.url THEN f.next_fetch_at END,
    poll_minutes = CASE WHEN f.configured_url = s.url THEN f.poll_minutes ELSE 0 END,
    full_at = CASE WHEN f.configured_url = s.url THEN f.full_at END,
    moved_to = CASE WHEN f.configured_url = s.url THEN f.moved_to ELSE '' END,
    moved_times = CASE WHEN f.configured_url = s.url THEN f.moved_times ELSE 0 END,
    is_dated = CASE WHEN f.configured_url = s.url THEN f.is_dated END,
    was_dated = f.configured_url = s.url AND f.was_dated,
    configured_url = s.url
WHEN NOT MATCHED THEN INSERT (
    feed_id, publisher, kind, homepage, configured_url, url, format, interval_minutes, expected_7d, is_configured,
    etag, last_modified, body_hash, status, reason, failures)
VALUES (
    s.feed_id, s.publisher, s.kind, s.homepage, s.url, s.url, s.format, s.interval_minutes, s.expected_7d, true,
    '', '', '', 'new', '', 0)
