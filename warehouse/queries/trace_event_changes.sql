SELECT c.event_id, c.changed_at, c.old_kind, c.new_kind, c.old_stance, c.new_stance, c.cause
FROM store.event_changes AS c
JOIN store.events AS e USING (event_id)
WHERE e.article_id = $article_id
ORDER BY c.changed_at, c.event_id
