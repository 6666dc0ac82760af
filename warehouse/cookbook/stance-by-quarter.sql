-- How do the sides of each kind of actor move from quarter to quarter?
-- Statements that take a side, words printed again left out; the kind is the actor's, also where an article does not print it. mean_score runs from -1 (central) to +1 (local).
-- in: Where they stand
SELECT
    date_trunc('quarter', s.said_on)::DATE AS quarter, coalesce(a.actor_type, s.actor_type) AS actor_type,
    count(*) AS sided, count(*) FILTER (s.stance = 'local') AS local, count(*) FILTER (s.stance = 'central') AS central,
    count(*) FILTER (s.stance = 'balanced') AS balanced, round(avg(s.stance_score), 2) AS mean_score
FROM statements AS s
LEFT JOIN actors AS a ON a.actor_id = s.actor_id
WHERE s.stance <> 'none' AND NOT s.is_copy
GROUP BY ALL
ORDER BY quarter DESC, actor_type
