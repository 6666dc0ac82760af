-- What was sent to whom, by which rule, and what waits?
-- One row a destination, rule and status.
-- in: Alerts
SELECT destination, rule, timing, status, hold_reason, count(*) AS alerts
FROM alerts
GROUP BY ALL
ORDER BY destination, rule, status
