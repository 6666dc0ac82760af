-- A document that is known and changed since it was asked is worth asking again.
MERGE INTO store.archive_pages AS p
USING (SELECT DISTINCT ON (feed_id, url) * FROM staged_pages ORDER BY feed_id, url, position) AS s
ON p.feed_id = s.feed_id AND p.url = s.url
WHEN MATCHED AND s.newest_at IS NOT NULL AND s.newest_at IS DISTINCT FROM p.newest_at THEN UPDATE SET
    newest_at = s.newest_at, position = s.position,
    state = CASE WHEN p.role = 'sitemap' AND s.newest_at > p.asked_at THEN 'waiting' ELSE p.state END
WHEN NOT MATCHED THEN INSERT (
    feed_id, url, role, family, depth, position, newest_at, state, reason, found_at)
VALUES (
    s.feed_id, s.url, s.role, s.family, s.depth, s.position, s.newest_at, 'waiting', '', $now)
