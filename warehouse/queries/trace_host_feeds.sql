-- The feeds whose documents may have named a page of this host.
SELECT feed_id, publisher, url, is_configured, status, reason, last_ok_at
FROM store.feeds
WHERE contains(url, $host) OR contains(homepage, $host)
ORDER BY feed_id
