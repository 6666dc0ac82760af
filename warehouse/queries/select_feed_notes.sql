SELECT publisher || ': ' || reason || ' (' || failures || ' in a row)' FROM main.feed_health
WHERE status IN ('failed', 'refused', 'degraded', 'retired') ORDER BY failures DESC, publisher LIMIT 20
