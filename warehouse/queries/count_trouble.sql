SELECT 'feeds in trouble' AS name, count(*) AS number FROM main.feed_health WHERE notice <> ''
UNION ALL SELECT 'alerts given up', count(*) FROM main.alerts WHERE status = 'dead'
UNION ALL SELECT 'alerts unconfirmed', count(*) FROM main.alerts WHERE status = 'unknown'
