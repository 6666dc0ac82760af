-- Alerts that wait, by what they wait for.
SELECT destination, status, timing, hold_reason AS reason, count(*) AS alerts
FROM main.alerts
WHERE status IN ('pending', 'held', 'review')
GROUP BY ALL
ORDER BY ALL
