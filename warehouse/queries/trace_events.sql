-- The events of an article, each with the position that it was compared with, the later one that it came behind, and the
-- event that told of the same actor in the same article before it.
WITH placed AS (
    SELECT *, struct_pack(said_at := said_at, first_seen_at := first_seen_at, article_id := article_id) AS place
    FROM store.positions
    WHERE actor_id IN (SELECT actor_id FROM store.events WHERE article_id = $article_id)
),
later AS (
    SELECT e.event_id, arg_max(k.article_id, k.place) AS article_id, max(k.said_at) AS said_at
    FROM store.events AS e
    JOIN placed AS n ON n.article_id = e.article_id AND n.actor_id = e.actor_id
    JOIN placed AS k ON k.actor_id = e.actor_id AND k.article_id <> e.article_id AND k.is_new AND k.place > n.place
    JOIN store.statements AS s ON s.statement_id = k.statement_id
    JOIN store.articles AS a ON a.article_id = k.article_id
    WHERE e.article_id = $article_id AND (s.settled_at < e.detected_at OR NOT a.is_live OR a.first_seen_at < e.seen_at)
    GROUP BY e.event_id
)
SELECT
    e.event_id, e.kind, e.actor_id, e.statement_id, e.stance, e.confidence, e.previous_stance, e.previous_at,
    p.text AS previous_quote, pa.publisher AS previous_publisher, pa.url AS previous_url, e.new_themes, e.detected_at,
    e.run_id, e.model_version, coalesce(n.is_new, true) AS is_new, l.said_at AS later_at, la.url AS later_url,
    la.publisher AS later_publisher, (
        SELECT min(t.event_id) FROM store.events AS t
        WHERE t.article_id = e.article_id AND t.actor_id = e.actor_id AND t.event_id <> e.event_id
          AND row(t.detected_at, -t.confidence, t.event_id) < row(e.detected_at, -e.confidence, e.event_id)
    ) AS told_before
FROM store.events AS e
LEFT JOIN store.statements AS p ON p.statement_id = e.previous_statement_id
LEFT JOIN store.articles AS pa ON pa.article_id = e.previous_article_id
LEFT JOIN placed AS n ON n.article_id = e.article_id AND n.actor_id = e.actor_id
LEFT JOIN later AS l ON l.event_id = e.event_id
LEFT JOIN store.articles AS la ON la.article_id = l.article_id
WHERE e.article_id = $article_id
ORDER BY e.detected_at, e.event_id
