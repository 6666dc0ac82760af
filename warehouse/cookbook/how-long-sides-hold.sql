-- How long did those who changed sides hold the side before?
-- From the first position of the unbroken run to the change; the 200 longest.
-- in: What is new
WITH turns AS (
    SELECT
        actor_name, previous_stance, stance, said_on,
        lag(said_on) OVER (PARTITION BY actor_id ORDER BY said_at, first_seen_at, article_id) AS since
    FROM stance_history
    WHERE is_shift OR previous_stance IS NULL
)
SELECT
    actor_name, previous_stance AS held, since, said_on AS until, stance AS then_took,
    date_diff('day', since, said_on) AS days
FROM turns
WHERE previous_stance IS NOT NULL
ORDER BY days DESC, actor_name
LIMIT 200
