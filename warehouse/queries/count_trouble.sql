SELECT 'feeds in trouble' AS name, count(*) AS number FROM main.feed_health WHERE notice <> ''
UNION ALL SELECT 'messages given up', count(*) FROM main.messages WHERE status = 'dead'
UNION ALL SELECT 'mails that did not arrive', count(*) FROM main.arrivals
    WHERE status = 'missing' AND sent_at > (SELECT max(checked_at) FROM main.arrivals) - INTERVAL 7 DAY
UNION ALL SELECT 'messages unconfirmed', count(*) FROM main.messages WHERE status = 'unknown'
