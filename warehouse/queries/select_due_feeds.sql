SELECT
    feed_id, publisher, url, format, etag, last_modified, body_hash, failures, interval_minutes,
    baseline_at IS NULL AS is_baseline, poll_minutes, full_at, moved_to, moved_times
FROM store.feeds
WHERE is_configured AND status <> 'retired' AND (next_fetch_at IS NULL OR next_fetch_at <= $now)
ORDER BY feed_id
