CREATE OR REPLACE VIEW main.feed_health AS
WITH recent AS (
    SELECT e.feed_id, count(*) AS entries_7d
    FROM store.entries AS e
    JOIN store.feeds AS f USING (feed_id)
    WHERE e.first_seen_at > coalesce(f.last_ok_at, e.first_seen_at) - INTERVAL 7 DAY
        AND e.kept_since IS NULL
    GROUP BY e.feed_id
)
SELECT
    f.feed_id, f.publisher, f.url, f.status, f.last_ok_at, f.failures, f.reason,
    coalesce(r.entries_7d, 0) AS entries_7d, f.expected_7d, f.next_fetch_at
FROM store.feeds AS f
LEFT JOIN recent AS r USING (feed_id)
WHERE f.is_configured;

COMMENT ON VIEW main.feed_health IS 'How each configured feed is doing.';
COMMENT ON COLUMN main.feed_health.feed_id IS 'Short name from config/feeds.yml.';
COMMENT ON COLUMN main.feed_health.publisher IS 'Outlet or body that owns it.';
COMMENT ON COLUMN main.feed_health.url IS 'Address in use.';
COMMENT ON COLUMN main.feed_health.status IS 'new, ok, not_modified, degraded, failed, refused or retired.';
COMMENT ON COLUMN main.feed_health.last_ok_at IS 'Last poll that succeeded (UTC).';
COMMENT ON COLUMN main.feed_health.failures IS 'Failures in a row.';
COMMENT ON COLUMN main.feed_health.reason IS 'What is wrong, in words.';
COMMENT ON COLUMN main.feed_health.entries_7d IS 'New entries in the seven days up to the last successful poll.';
COMMENT ON COLUMN main.feed_health.expected_7d IS 'New entries expected in seven days.';
COMMENT ON COLUMN main.feed_health.next_fetch_at IS 'Not asked again before this (UTC).';
