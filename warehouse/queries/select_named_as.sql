-- How an actor, or whoever has one of these names, was printed; and all others whose surname is the same.
WITH personas AS (
    SELECT p.persona_id, p.actor_id, p.scope, p.surname, s.person, s.organisation
    FROM store.personas AS p
    JOIN (SELECT DISTINCT persona_id, person, organisation FROM store.statements) AS s USING (persona_id)
    WHERE p.scope <> 'organisation'
),
own AS (
    SELECT surname FROM personas WHERE actor_id = $actor_id
    UNION
    SELECT regexp_extract(plain_name(name), '[^ ]+$') FROM (SELECT unnest($names) AS name)
)
SELECT DISTINCT person, organisation, scope, persona_id, actor_id = $actor_id AS is_theirs
FROM personas
WHERE surname IN (FROM own) OR actor_id = $actor_id
ORDER BY ALL
