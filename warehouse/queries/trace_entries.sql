SELECT
    e.entry_id, e.feed_id, coalesce(f.publisher, '') AS publisher, e.url, e.title, e.published_at, e.updated_at,
    e.first_seen_at, e.last_seen_at, e.is_history, e.kept_since, e.state, e.reason, e.attempts, e.next_attempt_at,
    f.baseline_at,
    coalesce((
        SELECT list(n.name ORDER BY n.name) FROM store.entry_aliases AS n
        WHERE n.entry_id = e.entry_id AND n.feed_id = '' AND n.name <> e.canonical_url
    ), []) AS other_names
FROM store.entries AS e
LEFT JOIN store.feeds AS f USING (feed_id)
WHERE e.entry_id = $entry_id OR e.article_id = $article_id
ORDER BY e.first_seen_at, e.entry_id
