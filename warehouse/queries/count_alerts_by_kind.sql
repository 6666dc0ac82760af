SELECT e.kind, count(*) AS alerts
FROM store.alerts AS a
JOIN store.events AS e USING (event_id)
WHERE a.destination = $destination AND a.timing = $timing AND a.created_at >= $starts_at AND a.created_at < $ends_at
  AND a.is_wanted
GROUP BY e.kind
ORDER BY e.kind
