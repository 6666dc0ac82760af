-- Whatever names another row names one that is there.
WITH named AS (
    SELECT 'statements of articles' AS what, statement_id AS row_name, article_id AS target, 'article' AS kind FROM store.statements
    UNION ALL SELECT 'revisions of articles', article_id || ' ' || revision, article_id, 'article' FROM store.article_revisions
    UNION ALL SELECT 'articles of entries', entry_id, article_id, 'article' FROM store.entries
    UNION ALL SELECT 'articles of seeds', file, article_id, 'article' FROM store.seeds
    UNION ALL SELECT 'articles of positions', article_id || ' ' || actor_id, article_id, 'article' FROM store.positions
    UNION ALL SELECT 'statements of positions', article_id || ' ' || actor_id, statement_id, 'statement' FROM store.positions
    UNION ALL SELECT 'articles of events', event_id, article_id, 'article' FROM store.events
    UNION ALL SELECT 'earlier articles of events', event_id, previous_article_id, 'article' FROM store.events
    UNION ALL SELECT 'statements of events', event_id, statement_id, 'statement' FROM store.events
    UNION ALL SELECT 'earlier statements of events', event_id, previous_statement_id, 'statement' FROM store.events
    UNION ALL SELECT 'originals of statements', statement_id, original_id, 'statement' FROM store.statements
    UNION ALL SELECT 'events of alerts', alert_id, event_id, 'event' FROM store.alerts
    UNION ALL SELECT 'messages of alerts', alert_id, message_id, 'message' FROM store.alerts
),
present AS (
    SELECT article_id AS target, 'article' AS kind FROM store.articles
    UNION ALL SELECT statement_id, 'statement' FROM store.statements
    UNION ALL SELECT event_id, 'event' FROM store.events
    UNION ALL SELECT message_id, 'message' FROM store.messages
),
counted AS (SELECT target, kind, count(*) AS times FROM present GROUP BY target, kind)
SELECT n.what, count(*) AS checked, count(*) FILTER (c.target IS NULL) AS broken,
    coalesce(min(n.row_name) FILTER (c.target IS NULL), '') AS example
FROM named AS n
LEFT JOIN counted AS c USING (target, kind)
WHERE n.target IS NOT NULL
GROUP BY n.what
UNION ALL
SELECT kind || ' ids stand once', sum(times), count(*) FILTER (times > 1), coalesce(min(target) FILTER (times > 1), '')
FROM counted GROUP BY kind
ORDER BY what
