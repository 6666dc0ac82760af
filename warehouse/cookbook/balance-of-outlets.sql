-- Which sides does each outlet print?
-- Statements with a side; mean_score runs from -1 (all central) to +1 (all local).
-- in: Outlets and people
SELECT
    publisher, count(*) AS sided, count(*) FILTER (stance = 'local') AS local,
    count(*) FILTER (stance = 'central') AS central, count(*) FILTER (stance = 'balanced') AS balanced,
    count(DISTINCT actor_id) AS actors, round(avg(stance_score), 2) AS mean_score
FROM statements
WHERE stance <> 'none' AND kind <> 'seed'
GROUP BY publisher
ORDER BY sided DESC, publisher
