SELECT 'feeds in trouble' AS name, count(*) AS number FROM main.feed_health WHERE notice <> ''
UNION ALL SELECT 'messages given up', count(*) FROM main.messages WHERE status = 'dead'
UNION ALL SELECT 'messages unconfirmed', count(*) FROM main.messages WHERE status = 'unknown'
