-- What waits to be delivered, by what it waits for: a digest, an analyst, the destination's hour, another attempt.
SELECT
    CASE WHEN a.status = 'review' THEN 'review' WHEN a.timing <> 'at_once' THEN a.timing ELSE 'hour' END AS awaited,
    count(*) AS waiting
FROM store.alerts AS a
WHERE a.status IN ('pending', 'held', 'review') AND a.is_wanted
GROUP BY ALL
UNION ALL
SELECT 'attempt', count(*)
FROM store.messages
WHERE status = 'pending' OR (status = 'unknown' AND NOT is_repeat)
HAVING count(*) > 0
