SELECT 'articles' AS name, count(*) AS number FROM store.articles
UNION ALL SELECT 'statements', count(*) FROM store.statements
UNION ALL SELECT 'events', count(*) FROM store.events
UNION ALL SELECT 'alerts', count(*) FROM store.alerts
UNION ALL SELECT 'deliveries', count(*) FROM store.deliveries
UNION ALL SELECT 'entries', count(*) FROM store.entries
ORDER BY name
