-- What a destination was told and what has been taken back, or told otherwise, since: one row an event, the last change.
SELECT
    coalesce(nullif(s.person, ''), s.organisation) AS who, c.old_kind, c.old_stance, e.kind AS new_kind, e.stance AS new_stance, c.cause,
    coalesce(a.published_at, a.first_seen_at) AS published_at
FROM store.event_changes AS c
JOIN store.events AS e USING (event_id)
JOIN store.statements AS s ON s.statement_id = e.statement_id
JOIN store.articles AS a ON a.article_id = e.article_id
SEMI JOIN (
    SELECT o.event_id FROM store.alerts AS o JOIN store.messages AS m USING (message_id)
    WHERE o.destination = $destination AND m.status IN ('sent', 'unknown')
) AS told ON told.event_id = c.event_id
WHERE c.changed_at >= $starts_at AND c.changed_at < $ends_at AND c.old_kind <> 'repeat'
  AND (e.kind = 'repeat' OR e.stance <> c.old_stance)
QUALIFY row_number() OVER (PARTITION BY c.event_id ORDER BY c.changed_at) = 1
ORDER BY published_at, who
