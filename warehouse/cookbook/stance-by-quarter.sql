-- How do the sides of each kind of actor move from quarter to quarter?
-- One position an actor and article, words printed again left out. mean_side runs from -1 (all central) to +1 (all local).
-- in: Where they stand
SELECT
    date_trunc('quarter', said_on)::DATE AS quarter, actor_type, count(*) AS positions,
    count(*) FILTER (stance = 'local') AS local, count(*) FILTER (stance = 'central') AS central,
    count(*) FILTER (stance = 'balanced') AS balanced,
    round(avg(CASE stance WHEN 'local' THEN 1 WHEN 'central' THEN -1 ELSE 0 END), 2) AS mean_side
FROM stance_history
GROUP BY ALL
ORDER BY quarter DESC, actor_type
