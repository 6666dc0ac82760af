-- The newest entries of the ledger that were news, with the themes that the view stance_events and the rules have.
WITH newest AS (
    SELECT e.*, coalesce(e.published_at, e.first_seen_at) AS said_at
    FROM store.events AS e
    WHERE e.kind <> 'repeat' AND coalesce(e.published_at, e.first_seen_at) >= $since
        AND e.actor_id IN (SELECT actor_id FROM store.positions WHERE is_new)
    ORDER BY e.detected_at DESC, said_at DESC, e.event_id
    LIMIT $events
),
spoken AS (SELECT s.* FROM store.statements AS s WHERE s.statement_id IN (SELECT statement_id FROM newest)),
outlets AS (
    SELECT s.original_id, list_sort(list_distinct(list(s.publisher))) AS sources
    FROM store.statements AS s
    WHERE s.original_id IN (SELECT original_id FROM spoken)
    GROUP BY s.original_id
)
SELECT
    n.event_id, n.kind, n.actor_id, n.said_at, n.detected_at, n.stance, n.previous_stance, n.previous_at,
    left(q.text, $characters) AS previous_quote, p.url AS previous_url, p.publisher AS previous_publisher,
    n.new_themes, coalesce(n.themes, s.themes) AS themes, left(s.text, $characters) AS quote, s.role, s.organisation, n.publisher,
    coalesce(o.sources, [n.publisher]) AS sources, left(n.title, $characters) AS title, n.url, n.confidence,
    n.statement_id
FROM newest AS n
JOIN spoken AS s USING (statement_id)
LEFT JOIN outlets AS o ON o.original_id = n.original_id
LEFT JOIN store.articles AS p ON p.article_id = n.previous_article_id
LEFT JOIN store.statements AS q ON q.statement_id = n.previous_statement_id
ORDER BY n.detected_at DESC, n.said_at DESC, n.event_id
