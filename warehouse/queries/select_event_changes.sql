-- What a run told otherwise.
SELECT
    e.actor_id, c.old_kind, c.old_stance, c.new_kind, c.new_stance, coalesce(nullif(s.person, ''), s.organisation, '') AS who, a.url,
    (SELECT count(*) FROM main.alerts AS o WHERE o.event_id = c.event_id AND o.status = 'withdrawn') AS withdrawn_alerts,
    coalesce((SELECT list(o.status ORDER BY o.status) FROM main.alerts AS o
        WHERE o.event_id = c.event_id AND o.status IN ('pending', 'held', 'review')), []) AS waiting
FROM store.event_changes AS c
JOIN store.events AS e USING (event_id)
JOIN store.statements AS s ON s.statement_id = e.statement_id
JOIN store.articles AS a ON a.article_id = e.article_id
WHERE c.run_id = $run_id
ORDER BY c.changed_at, a.published_at, c.event_id
