-- Where does each kind of actor stand now: how many actors on each side, and who?
-- People and organisations, each counted once.
-- in: Where they stand
SELECT actor_type, stance, count(*) AS actors, string_agg(actor_name, ', ' ORDER BY actor_name) AS who
FROM actor_positions
GROUP BY actor_type, stance
ORDER BY actor_type, stance
