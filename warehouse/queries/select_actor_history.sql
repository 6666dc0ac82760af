-- Each side that actors took, in order of time.
SELECT actor_id, said_at, stance
FROM store.positions
WHERE is_new AND list_contains($actor_ids::VARCHAR[], actor_id)
ORDER BY actor_id, said_at, first_seen_at, article_id
