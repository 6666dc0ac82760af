-- The positions to be written anew: those in these articles, those that follow one of them, and those that follow another
-- one now than before. Of an actor's history only what is not earlier is looked at, and the moment just before.
CREATE OR REPLACE TEMP TABLE changed_history AS
WITH began AS MATERIALIZED (
    SELECT actor_id, min(said_at) AS said_at
    FROM (
        SELECT actor_id, said_at FROM gone_history
        UNION ALL
        SELECT actor_id, said_at FROM store.positions
        WHERE is_new AND article_id IN (SELECT article_id FROM shown_articles)
    )
    GROUP BY actor_id
),
before AS (
    SELECT p.actor_id, max(p.said_at) AS said_at
    FROM store.positions AS p
    JOIN began AS b ON b.actor_id = p.actor_id AND p.said_at < b.said_at
    WHERE p.is_new
    GROUP BY p.actor_id
),
held AS (
    SELECT
        p.article_id, p.actor_id, p.statement_id, p.stance, p.confidence, p.themes, p.said_at, p.first_seen_at,
        lag(p.article_id) OVER w AS previous_article_id, lag(p.statement_id) OVER w AS previous_statement_id,
        lag(p.stance) OVER w AS previous_stance, lag(p.said_at) OVER w AS previous_said_at,
        p.said_at >= n.said_at AS is_in_question
    FROM store.positions AS p
    JOIN began AS n ON n.actor_id = p.actor_id
    LEFT JOIN before AS b ON b.actor_id = p.actor_id
    WHERE p.is_new AND p.said_at >= coalesce(b.said_at, n.said_at)
    WINDOW w AS (PARTITION BY hash(p.actor_id), p.actor_id ORDER BY p.said_at, p.first_seen_at, p.article_id)
)
SELECT h.* EXCLUDE (is_in_question)
FROM held AS h
LEFT JOIN store.history AS k ON k.article_id = h.article_id AND k.actor_id = h.actor_id
WHERE h.is_in_question AND (
    k.article_id IS NULL OR h.article_id IN (SELECT article_id FROM shown_articles)
    OR h.previous_article_id IN (SELECT article_id FROM shown_articles)
    OR k.previous_article_id IS DISTINCT FROM h.previous_article_id)
