CREATE OR REPLACE VIEW main.feed_health AS
-- What lay in a feed when it was polled first came all at once: it counts by its dates, or not at all.
WITH dated AS (
    SELECT feed_id, CASE WHEN is_history THEN published_at ELSE first_seen_at END AS came_at
    FROM store.entries
    WHERE kept_since IS NULL
),
counted AS (
    SELECT
        e.feed_id,
        count(*) FILTER (e.came_at > coalesce(f.last_ok_at, e.came_at) - INTERVAL 7 DAY) AS entries_7d,
        count(*) FILTER (e.came_at > coalesce(f.changed_at, e.came_at) - INTERVAL 28 DAY) / 4.0 AS usual_7d
    FROM dated AS e
    JOIN store.feeds AS f USING (feed_id)
    GROUP BY e.feed_id
),
judged AS (
    SELECT
        f.*, coalesce(c.entries_7d, 0) AS entries_7d,
        coalesce(nullif(f.expected_7d::DOUBLE, 0), nullif(c.usual_7d, 0)) AS rate_7d,
        date_diff('hour', f.changed_at, f.last_ok_at) / 24.0 AS quiet_days
    FROM store.feeds AS f
    LEFT JOIN counted AS c USING (feed_id)
    WHERE f.is_configured
)
SELECT
    feed_id, publisher, url, status, last_ok_at, failures, reason, entries_7d, expected_7d, next_fetch_at,
    CASE
        WHEN status IN ('failed', 'refused', 'degraded', 'retired') THEN reason
        WHEN was_dated AND NOT is_dated THEN 'its entries have lost their dates'
        -- three entries that did not come, and three days at least: weekends are no fault
        WHEN rate_7d > 0 AND quiet_days > greatest(3, 21 / rate_7d) THEN
            'silent: nothing new for ' || floor(quiet_days)::INTEGER || ' days, where ' || round(rate_7d)::INTEGER
            || CASE WHEN round(rate_7d) = 1 THEN ' entry a week is usual' ELSE ' entries a week are usual' END
        WHEN url <> configured_url THEN 'moved for good to ' || url || '; put this address into feeds.yml'
        ELSE ''
    END AS notice,
    poll_minutes, changed_at
FROM judged;

COMMENT ON VIEW main.feed_health IS 'How each configured feed is doing, one row each; notice <> '''' selects those that somebody should look at.';
COMMENT ON COLUMN main.feed_health.feed_id IS 'Short name from config/feeds.yml (feeds.feed_id).';
COMMENT ON COLUMN main.feed_health.publisher IS 'Outlet or body that owns it.';
COMMENT ON COLUMN main.feed_health.url IS 'Address in use.';
COMMENT ON COLUMN main.feed_health.status IS 'new, ok, not_modified, degraded, failed, refused or retired.';
COMMENT ON COLUMN main.feed_health.last_ok_at IS 'Last poll that succeeded (UTC); null if none ever did.';
COMMENT ON COLUMN main.feed_health.failures IS 'Failures in a row; 0 if the last poll succeeded.';
COMMENT ON COLUMN main.feed_health.reason IS 'How the last poll ended, in words.';
COMMENT ON COLUMN main.feed_health.entries_7d IS 'New entries in the seven days up to the last successful poll; of what lay there at the first poll, those with a date in these days.';
COMMENT ON COLUMN main.feed_health.expected_7d IS 'New entries expected in seven days, from config/feeds.yml; 0 where nothing is said.';
COMMENT ON COLUMN main.feed_health.next_fetch_at IS 'Not asked again before this (UTC).';
COMMENT ON COLUMN main.feed_health.notice IS 'What somebody should look at: it fails, is no feed any more, fell silent, lost its dates, moved; empty if well.';
COMMENT ON COLUMN main.feed_health.poll_minutes IS 'Interval learnt from what it publishes, its ttl and Cache-Control; 0 before that.';
COMMENT ON COLUMN main.feed_health.changed_at IS 'When the entries in its document changed last (UTC).';
