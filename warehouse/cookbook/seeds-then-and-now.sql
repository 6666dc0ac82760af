-- Where do those who spoke in the seed documents stand now?
-- Actors with a statement in a seed; a side of today is null where none was ever taken.
-- in: Themes and words
SELECT
    a.actor_name, a.organisation, min(s.said_on) AS in_seed, string_agg(DISTINCT s.title, ' + ' ORDER BY s.title) AS seed,
    p.stance AS stands, london_day(p.said_at) AS since_last
FROM statements AS s
JOIN actors AS a ON a.actor_id = s.actor_id
LEFT JOIN actor_positions AS p ON p.actor_id = s.actor_id
WHERE s.kind = 'seed'
GROUP BY a.actor_id, a.actor_name, a.organisation, p.stance, p.said_at
ORDER BY in_seed, a.actor_name
