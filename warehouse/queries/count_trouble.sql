SELECT 'mails that did not arrive' AS name, count(*) AS number FROM main.arrivals
    WHERE status = 'missing' AND sent_at > (SELECT max(checked_at) FROM main.arrivals) - INTERVAL 7 DAY
UNION ALL SELECT 'messages unconfirmed', count(*) FROM main.messages WHERE status = 'unknown'
