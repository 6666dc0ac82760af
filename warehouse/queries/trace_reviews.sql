SELECT r.alert_id, r.decision, r.decided_by, r.decided_at, r.note
FROM store.reviews AS r
JOIN store.events AS e USING (event_id)
WHERE e.article_id = $article_id
ORDER BY r.decided_at, r.alert_id
