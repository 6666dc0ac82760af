-- Who stands on another side than others of the same organisation?
-- People whose latest side differs from the latest side of their organisation, taken by somebody else.
-- in: Where they stand
SELECT
    p.organisation, o.stance AS house_stance, o.said_by, london_day(o.said_at) AS house_day, p.actor_name,
    p.stance, london_day(p.said_at) AS day, p.quote
FROM actor_positions AS p
JOIN organisations AS o ON o.organisation = p.organisation
WHERE p.stance <> o.stance
ORDER BY p.organisation, p.said_at DESC, p.actor_name
