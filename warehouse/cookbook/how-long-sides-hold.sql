-- How long did those who changed sides hold the side before?
-- From the first position of the unbroken run to the change.
-- in: What is new
WITH runs AS (
    SELECT *, count(*) FILTER (is_shift) OVER (PARTITION BY actor_id ORDER BY said_at, first_seen_at, article_id) AS run
    FROM stance_history
),
held AS (
    SELECT actor_id, actor_name, run, min(stance) AS stance, min(said_at) AS since FROM runs GROUP BY ALL
)
SELECT
    h.actor_name, h.stance AS held, london_day(h.since) AS since, london_day(n.since) AS until, n.stance AS then_took,
    date_diff('day', london_day(h.since), london_day(n.since)) AS days
FROM held AS h
JOIN held AS n ON n.actor_id = h.actor_id AND n.run = h.run + 1
ORDER BY days DESC, h.actor_name
