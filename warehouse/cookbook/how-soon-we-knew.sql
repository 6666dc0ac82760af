-- How long after publication did we see the news, and tell it?
-- Medians in minutes by outlet, of alerts sent at once. Not printed here: the demo's news is dated by its script.
-- volatile
-- in: Alerts
SELECT
    e.publisher, count(*) AS alerts,
    round(median(epoch(e.first_seen_at) - epoch(e.published_at)) / 60, 1) AS minutes_until_seen,
    round(median(epoch(a.sent_at) - epoch(e.first_seen_at)) / 60, 1) AS minutes_until_told
FROM alerts AS a
JOIN stance_events AS e USING (event_id)
WHERE a.sent_at IS NOT NULL AND a.timing = 'at_once'
GROUP BY e.publisher
ORDER BY e.publisher
