-- Destinations that have failed so often in a row, or gave a message up, since they last took one.
WITH taken AS (
    SELECT destination, max(attempted_at) AS at FROM store.deliveries WHERE outcome = 'sent' GROUP BY destination
)
SELECT
    d.destination, count(*) AS failures, count(*) FILTER (m.status = 'dead') AS dead,
    arg_max(d.detail, d.attempted_at) AS detail, min(d.attempted_at) AS since
FROM store.deliveries AS d
LEFT JOIN taken AS t USING (destination)
LEFT JOIN store.messages AS m ON m.message_id = d.alert_id
WHERE d.outcome IN ('failed', 'unknown', 'dead') AND d.attempted_at > coalesce(t.at, d.attempted_at - INTERVAL 1 SECOND)
  AND d.destination <> $operator
GROUP BY d.destination
HAVING count(*) >= $most OR count(*) FILTER (d.outcome = 'dead' OR m.status = 'dead') > 0
ORDER BY d.destination
