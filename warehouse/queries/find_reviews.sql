-- The events that a reference means, of those with an alert that waits for an analyst.
SELECT DISTINCT event_id FROM main.alerts
WHERE status = 'review' AND (starts_with(event_id, lower($key)) OR starts_with(alert_id, lower($key)))
ORDER BY event_id
