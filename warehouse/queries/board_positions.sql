-- The sides that actors took, the newest first, with the words and what the ledger made of them. Of one article a body's
-- own side comes first, then the surest, as in the view agreements.
WITH newest AS (
    SELECT *
    FROM store.positions
    WHERE is_new AND said_at >= $since
    ORDER BY said_at DESC, first_seen_at DESC, article_id DESC, actor_id
    LIMIT $positions
),
told AS (
    SELECT
        article_id, actor_id, arg_min(kind, row(kind = 'repeat', detected_at, event_id)) AS kind,
        min(detected_at) AS found_at
    FROM store.events
    SEMI JOIN newest USING (article_id, actor_id)
    GROUP BY article_id, actor_id
)
SELECT
    n.actor_id, n.said_at, n.stance, CASE WHEN s.stance = n.stance THEN s.stance_score ELSE 0.0 END AS score,
    n.confidence, s.publisher, s.url, left(s.title, $characters) AS title, left(s.text, $characters) AS quote, s.role,
    s.organisation, n.themes, n.statement_id, coalesce(t.kind, 'history') AS kind, t.found_at
FROM newest AS n
JOIN store.statements AS s USING (statement_id)
LEFT JOIN told AS t ON t.article_id = n.article_id AND t.actor_id = n.actor_id
ORDER BY
    n.said_at DESC, n.first_seen_at DESC, n.article_id DESC, s.person = '' DESC, n.confidence DESC, n.actor_id DESC
