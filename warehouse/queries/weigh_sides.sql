-- The latest sides in question, as their migration counts them; where it is enough, from the latest one that is kept.
CREATE OR REPLACE TEMP TABLE weighed_sides AS
WITH recent AS (
    SELECT * FROM store.history WHERE said_at >= (SELECT min(read_from) FROM changed_sides)
),
told AS (
    SELECT actor_id AS whose, '' AS house, unnest(themes) AS theme, h.* FROM recent AS h
    WHERE actor_id IN (SELECT actor_id FROM changed_sides)
    UNION ALL
    SELECT '', organisation, unnest(list_prepend('', themes)), h.* FROM recent AS h
    WHERE organisation <> '' AND organisation IN (SELECT organisation FROM changed_sides)
),
asked AS (
    SELECT
        t.whose, t.house, t.theme, t.stance, t.said_at, t.first_seen_at, t.article_id, t.person, t.confidence, t.actor_id,
        1 AS positions, NULL::TIMESTAMPTZ AS since, NULL::VARCHAR AS previous_stance
    FROM told AS t
    JOIN changed_sides AS c ON c.actor_id = t.whose AND c.organisation = t.house AND c.theme = t.theme
    WHERE t.said_at >= c.read_from
    UNION ALL
    SELECT
        k.actor_id, k.organisation, k.theme, k.stance, k.said_at, NULL, NULL, k.person, k.confidence, NULL, k.positions,
        k.since, k.previous_stance
    FROM store.sides AS k
    JOIN changed_sides AS c ON c.actor_id = k.actor_id AND c.organisation = k.organisation AND c.theme = k.theme
    WHERE c.is_later
),
placed AS (
    SELECT
        *, row_number() OVER w AS newest, CASE WHEN since IS NULL THEN lead(stance) OVER w END AS stance_before
    FROM asked
    WINDOW w AS (
        PARTITION BY hash(whose, house, theme), whose, house, theme
        ORDER BY said_at DESC, first_seen_at DESC, article_id DESC, person = '' DESC, confidence DESC, actor_id)
),
changes AS (
    SELECT
        * REPLACE (
            CASE WHEN since IS NOT NULL THEN since WHEN stance IS DISTINCT FROM stance_before THEN said_at END AS since,
            CASE WHEN since IS NOT NULL THEN previous_stance ELSE stance_before END AS previous_stance)
    FROM placed
),
summed AS (
    SELECT
        whose, house, theme, sum(positions)::BIGINT AS positions, arg_min(article_id, newest) AS article_id,
        arg_min(actor_id, newest) AS actor_id, arg_min(since, newest) FILTER (since IS NOT NULL) AS since,
        arg_min(struct_pack(previous_stance), newest) FILTER (since IS NOT NULL) AS change
    FROM changes
    GROUP BY whose, house, theme
)
SELECT
    p.whose, p.house, p.theme, h.stance, p.since, p.change.previous_stance, h.said_at, h.confidence, p.positions, h.person,
    h.organisation, h.actor_type, h.quote, h.publisher, h.url, h.statement_id
FROM summed AS p
JOIN store.history AS h ON h.article_id = p.article_id AND h.actor_id = p.actor_id
