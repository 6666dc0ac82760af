-- To which article, actor, event and alert something belongs: what a trace of it shows.
SELECT e.article_id, NULL::VARCHAR AS entry_id, e.actor_id, e.event_id, NULL::VARCHAR AS alert_id, NULL::VARCHAR AS statement_id
FROM store.events AS e
WHERE $kind = 'event' AND e.event_id = $id
UNION ALL
SELECT s.article_id, NULL, s.actor_id, NULL, NULL, s.statement_id
FROM store.statements AS s
WHERE $kind = 'statement' AND s.statement_id = $id
UNION ALL
SELECT e.article_id, NULL, e.actor_id, e.event_id, a.alert_id, NULL
FROM store.alerts AS a
JOIN store.events AS e USING (event_id)
WHERE $kind = 'alert' AND a.alert_id = $id
UNION ALL
SELECT article_id, entry_id, NULL, NULL, NULL, NULL FROM store.entries WHERE $kind = 'entry' AND entry_id = $id
UNION ALL
SELECT article_id, NULL, NULL, NULL, NULL, NULL FROM store.articles WHERE $kind = 'article' AND article_id = $id
