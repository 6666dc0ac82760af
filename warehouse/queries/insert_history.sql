INSERT INTO store.history
WITH told AS (
    SELECT
        article_id, actor_id, arg_min(event_id, row(kind = 'repeat', detected_at, event_id)) AS event_id,
        arg_min(kind, row(kind = 'repeat', detected_at, event_id)) AS kind
    FROM store.events SEMI JOIN changed_history USING (article_id, actor_id)
    GROUP BY article_id, actor_id
)
SELECT
    h.*, e.event_id, e.kind, s.person, s.role, s.organisation, s.actor_type, s.text, a.publisher, a.title, a.url,
    a.published_at, a.kind, q.text, b.publisher, b.url
FROM changed_history AS h
JOIN store.articles AS a ON a.article_id = h.article_id
JOIN store.statements AS s ON s.statement_id = h.statement_id
LEFT JOIN told AS e ON e.article_id = h.article_id AND e.actor_id = h.actor_id
LEFT JOIN store.articles AS b ON b.article_id = h.previous_article_id
LEFT JOIN store.statements AS q ON q.statement_id = h.previous_statement_id
ORDER BY h.said_at, h.first_seen_at, h.article_id, h.actor_id
