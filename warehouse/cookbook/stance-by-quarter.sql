-- How do the sides of each kind of actor move from quarter to quarter?
-- Statements that take a side, words printed again left out; mean_score runs from -1 (central) to +1 (local).
-- in: Where they stand
SELECT
    date_trunc('quarter', said_at)::DATE AS quarter, actor_type, count(*) AS sided,
    count(*) FILTER (stance = 'local') AS local, count(*) FILTER (stance = 'central') AS central,
    count(*) FILTER (stance = 'balanced') AS balanced, round(avg(stance_score), 2) AS mean_score
FROM statements
WHERE stance <> 'none' AND NOT is_copy
GROUP BY ALL
ORDER BY quarter DESC, actor_type
