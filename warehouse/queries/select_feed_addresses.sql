-- Addresses of a feed's entries, the newest first; not those that a sitemap gave, which were chosen by the others.
SELECT canonical_url
FROM store.entries
WHERE feed_id = $feed_id AND (kept_since IS NULL OR title <> '')
ORDER BY coalesce(published_at, first_seen_at) DESC, entry_id
LIMIT 1000
