SELECT actor_type, stance, count(*) AS actors, string_agg(coalesce(nullif(person, ''), organisation), ', ' ORDER BY person, organisation) AS who
FROM actor_positions
GROUP BY actor_type, stance
ORDER BY actor_type, stance
