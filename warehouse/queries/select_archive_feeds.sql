-- Feeds with what a walk through their archives must know: a site that other publishers' feeds share cannot tell whose
-- its pages are.
SELECT feed_id, publisher, url, homepage, last_ok_at
FROM store.feeds
WHERE is_configured
ORDER BY feed_id
