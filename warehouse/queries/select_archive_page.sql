-- The next document of a feed's archives to ask: pages of the feed itself, newest first, then sitemaps. Not those that
-- hold only older entries than are wanted, nor those asked lately (unless for fewer days), nor a second one of a family.
SELECT p.feed_id, p.url, p.role, p.family, p.depth, p.position, p.newest_at
FROM store.archive_pages AS p
WHERE p.feed_id = $feed_id
    AND (p.state = 'waiting' OR p.asked_at < $asked_before
        OR p.state = 'asked' AND p.asked_since > $since AND (p.oldest_at IS NULL OR p.oldest_at < p.asked_since))
    AND (p.asked_at IS NULL OR p.asked_at < $now)
    AND (p.newest_at IS NULL OR p.newest_at >= $since)
    AND NOT (p.family <> '' AND EXISTS (
        FROM store.archive_pages AS o
        WHERE o.feed_id = p.feed_id AND o.family = p.family AND o.url <> p.url AND o.state = 'asked'
            AND o.asked_at >= $asked_before))
    AND NOT (p.role = 'sitemap' AND $is_reached)
ORDER BY p.role, CASE WHEN p.role = 'feed' THEN p.depth END, p.newest_at DESC NULLS LAST, p.depth, p.position, p.url
LIMIT 1
