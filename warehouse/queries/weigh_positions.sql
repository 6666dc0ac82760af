-- The positions that fresh news is judged against: of all that its actors held, the latest, the one just before it, and
-- the first on each theme, all of a moment where several share it. Of actors who are judged again it is everything, and
-- when it was settled.
CREATE OR REPLACE TEMP TABLE weighed_positions AS
WITH fresh AS MATERIALIZED (
    SELECT p.rowid AS row_id, p.article_id, p.actor_id, p.said_at
    FROM store.positions AS p
    JOIN store.articles AS a USING (article_id)
    WHERE p.is_fresh AND a.is_live
),
held AS MATERIALIZED (
    SELECT p.rowid AS row_id, p.actor_id, p.said_at, p.themes
    FROM store.positions AS p
    SEMI JOIN fresh AS f ON f.actor_id = p.actor_id
    WHERE p.is_new AND p.rowid NOT IN (SELECT row_id FROM fresh)
),
latest AS MATERIALIZED (SELECT actor_id, max(said_at) AS said_at FROM held GROUP BY actor_id),
late AS MATERIALIZED (
    SELECT f.* FROM fresh AS f JOIN latest AS l ON l.actor_id = f.actor_id AND l.said_at >= f.said_at
),
moments AS MATERIALIZED (
    FROM latest
    UNION
    SELECT actor_id, min(said_at) FROM (SELECT actor_id, said_at, unnest(themes) AS theme FROM held) GROUP BY actor_id, theme
    UNION
    SELECT h.actor_id, unnest([max(h.said_at), max(h.said_at) FILTER (WHERE h.said_at < l.said_at)])
    FROM late AS l
    JOIN held AS h ON h.actor_id = l.actor_id AND h.said_at <= l.said_at
    GROUP BY l.article_id, h.actor_id
)
SELECT *, NULL::TIMESTAMPTZ AS settled_at FROM store.positions
WHERE rowid IN (SELECT row_id FROM held SEMI JOIN moments USING (actor_id, said_at) UNION SELECT row_id FROM fresh)
    AND actor_id NOT IN (FROM rejudged_actors)
UNION ALL
SELECT p.*, s.settled_at
FROM store.positions AS p
SEMI JOIN rejudged_actors AS r ON r.actor_id = p.actor_id
JOIN store.statements AS s ON s.statement_id = p.statement_id
