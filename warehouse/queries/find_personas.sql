-- Whom a reference may mean, the best fits only: an actor's id, a name with an organisation, a name, the start of an id.
WITH spoken AS (
    SELECT p.persona_id, p.actor_id, p.name, s.person, s.organisation
    FROM store.personas AS p
    JOIN store.statements AS s USING (persona_id)
    WHERE s.is_current
),
fits AS (
    SELECT persona_id, actor_id, CASE
        WHEN actor_id = lower($key) THEN 1
        WHEN persona_id = lower($key) THEN 2
        WHEN person <> '' AND lower(person || ' (' || organisation || ')') = lower($key) THEN 3
        WHEN name = $name THEN 4
        WHEN length($key) >= 4 AND starts_with(actor_id, lower($key)) THEN 5
    END AS fit
    FROM spoken
)
SELECT DISTINCT
    f.actor_id, coalesce(nullif(a.person, '') || ' (' || nullif(a.organisation, '') || ')', nullif(a.person, ''),
        a.organisation) AS who
FROM fits AS f
JOIN main.actors AS a USING (actor_id)
WHERE f.fit = (SELECT min(fit) FROM fits)
ORDER BY who, f.actor_id
