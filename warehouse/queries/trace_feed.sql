-- A feed, with the moment of the run that asked it last.
SELECT
    f.feed_id, f.publisher, f.url, f.is_configured, f.status, f.reason, f.failures, f.baseline_at, f.last_ok_at,
    f.next_fetch_at, (
        SELECT max(r.started_at) FROM store.fetches AS a JOIN store.runs AS r USING (run_id)
        WHERE a.feed_id = f.feed_id AND a.kind = 'feed' AND r.flow <> 'backfill'
    ) AS polled_at,
    (SELECT max(e.first_seen_at) FROM store.entries AS e WHERE e.feed_id = f.feed_id AND e.kept_since IS NULL) AS brought_at
FROM store.feeds AS f
WHERE f.feed_id = $feed_id
