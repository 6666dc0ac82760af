-- When the entries of a feed changed is told by their ids, not by their dates: some feeds date everything anew each day.
MERGE INTO store.feeds AS f
USING staged_outcomes AS s ON f.feed_id = s.feed_id
WHEN MATCHED THEN UPDATE SET
    status = s.status, reason = s.reason, failures = s.failures, next_fetch_at = s.next_fetch_at,
    url = s.url, moved_to = s.moved_to, moved_times = s.moved_times, poll_minutes = s.poll_minutes,
    etag = s.etag, last_modified = s.last_modified, body_hash = s.body_hash, full_at = s.full_at,
    last_ok_at = CASE WHEN s.is_ok THEN $now ELSE f.last_ok_at END,
    baseline_at = CASE WHEN s.is_ok THEN coalesce(f.baseline_at, $now) ELSE f.baseline_at END,
    changed_at = CASE
        WHEN s.entries_hash IN ('', f.entries_hash) THEN f.changed_at
        WHEN f.changed_at IS NULL THEN least(coalesce(s.newest_at, $now), $now)
        ELSE $now END,
    entries_hash = CASE WHEN s.entries_hash = '' THEN f.entries_hash ELSE s.entries_hash END,
    is_dated = coalesce(s.is_dated, f.is_dated),
    was_dated = f.was_dated OR coalesce(s.is_dated, false)
