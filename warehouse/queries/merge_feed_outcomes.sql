MERGE INTO store.feeds AS f
USING staged_outcomes AS s ON f.feed_id = s.feed_id
WHEN MATCHED THEN UPDATE SET
    status = s.status, reason = s.reason, failures = s.failures, next_fetch_at = s.next_fetch_at,
    url = CASE WHEN s.moved_to = '' THEN f.url ELSE s.moved_to END,
    etag = s.etag, last_modified = s.last_modified, body_hash = s.body_hash,
    last_ok_at = CASE WHEN s.is_ok THEN $now ELSE f.last_ok_at END,
    baseline_at = CASE WHEN s.is_ok THEN coalesce(f.baseline_at, $now) ELSE f.baseline_at END
