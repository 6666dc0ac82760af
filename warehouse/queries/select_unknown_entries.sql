-- Of the entries found in an archive those that nobody knows, the newest first: what is known stays as it is, since an
-- archive tells less of an entry than the feed did.
SELECT s.*
FROM staged_found AS s
WHERE NOT EXISTS (FROM store.entries AS k WHERE k.canonical_url = s.canonical_url)
    AND NOT EXISTS (
        FROM store.entry_aliases AS k
        WHERE k.name <> '' AND ((k.feed_id = '' AND k.name = s.canonical_url) OR (k.feed_id = s.feed_id AND k.name = s.guid)))
    AND NOT EXISTS (FROM store.entries AS k WHERE k.feed_id = s.feed_id AND k.guid = s.guid AND s.guid <> '')
ORDER BY coalesce(s.published_at, s.updated_at) DESC NULLS LAST, s.position
LIMIT $room
