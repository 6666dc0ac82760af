SELECT
    feed_id, publisher, url, status, last_ok_at, failures, reason, entries_7d, expected_7d, next_fetch_at, notice
FROM main.feed_health
ORDER BY feed_id
