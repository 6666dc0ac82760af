CREATE OR REPLACE VIEW main.actor_positions AS
WITH held AS (
    SELECT p.*, row_number() OVER w AS newest, lead(p.stance) OVER w AS stance_before
    FROM store.positions AS p
    WHERE p.is_new
    WINDOW w AS (PARTITION BY p.actor_id ORDER BY p.said_at DESC, p.first_seen_at DESC, p.article_id DESC)
),
latest_change AS (
    SELECT actor_id, said_at AS since, stance_before AS previous_stance
    FROM held
    WHERE stance IS DISTINCT FROM stance_before
    QUALIFY row_number() OVER (PARTITION BY actor_id ORDER BY newest) = 1
),
spoken AS (
    SELECT p.actor_id, sum(h.statements)::BIGINT AS statements, max(h.last_published_at) AS last_published_at
    FROM store.heard AS h
    JOIN store.personas AS p USING (persona_id)
    WHERE h.is_current
    GROUP BY p.actor_id
)
SELECT
    h.actor_id, s.person, s.organisation, s.actor_type, h.stance, c.since, c.previous_stance,
    coalesce(k.statements, 0) AS statements, coalesce(k.last_published_at, a.published_at) AS last_published_at, a.url
FROM held AS h
JOIN store.statements AS s USING (statement_id)
JOIN store.articles AS a ON a.article_id = h.article_id
JOIN latest_change AS c ON c.actor_id = h.actor_id
LEFT JOIN spoken AS k ON k.actor_id = h.actor_id
WHERE h.newest = 1;

COMMENT ON VIEW main.actor_positions IS 'Where each actor who ever took a side stands now.';
COMMENT ON COLUMN main.actor_positions.actor_id IS 'Identity of the actor.';
COMMENT ON COLUMN main.actor_positions.person IS 'Person; empty where the organisation itself took the side.';
COMMENT ON COLUMN main.actor_positions.organisation IS 'Organisation spoken for most recently.';
COMMENT ON COLUMN main.actor_positions.actor_type IS 'Kind of actor.';
COMMENT ON COLUMN main.actor_positions.stance IS 'The side taken most recently: local, central or balanced.';
COMMENT ON COLUMN main.actor_positions.since IS 'First publication of that side without another in between (UTC).';
COMMENT ON COLUMN main.actor_positions.previous_stance IS 'The side before that; null if there was none.';
COMMENT ON COLUMN main.actor_positions.statements IS 'How many statements of this actor are known, of any stance.';
COMMENT ON COLUMN main.actor_positions.last_published_at IS 'When the actor was last quoted (UTC).';
COMMENT ON COLUMN main.actor_positions.url IS 'Where the present side was last printed.';
