-- Feeds that somebody should look at, the worst first.
SELECT feed_id, publisher, notice, failures, last_ok_at
FROM main.feed_health
WHERE notice <> ''
ORDER BY failures DESC, feed_id
LIMIT $most
