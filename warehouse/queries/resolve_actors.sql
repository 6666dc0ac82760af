-- Which personas are one actor: those that one article prints beside the same person, and those that an analyst merged,
-- but for what an analyst split since; and those of one body whose first names are short for each other, if that is not
-- true of others there too. Works on the surnames touched and on what verdicts tie to them, never on more. An actor is
-- called by the least of its personas that has a circle, so that the order of arrival does not matter.
CREATE OR REPLACE TEMP TABLE resolved_actors AS
WITH RECURSIVE alone AS (
    SELECT persona_id, max(decided_at) AS decided_at FROM store.actor_verdicts
    WHERE kind = 'split' AND other_id IS NULL GROUP BY persona_id
),
pairs AS (
    SELECT kind, persona_id, other_id, decided_at FROM store.actor_verdicts WHERE other_id IS NOT NULL
    UNION ALL
    SELECT kind, other_id, persona_id, decided_at FROM store.actor_verdicts WHERE other_id IS NOT NULL
),
apart AS (
    SELECT persona_id, other_id, max(decided_at) AS decided_at FROM pairs
    WHERE kind = 'split' GROUP BY persona_id, other_id
),
merged AS (
    SELECT p.persona_id, p.other_id
    FROM pairs AS p
    LEFT JOIN alone AS a ON a.persona_id = p.persona_id AND a.decided_at >= p.decided_at
    LEFT JOIN alone AS b ON b.persona_id = p.other_id AND b.decided_at >= p.decided_at
    LEFT JOIN apart AS s ON s.persona_id = p.persona_id AND s.other_id = p.other_id AND s.decided_at >= p.decided_at
    WHERE p.kind = 'merge' AND a.persona_id IS NULL AND b.persona_id IS NULL AND s.persona_id IS NULL
),
decided AS (SELECT persona_id, other_id FROM pairs UNION SELECT persona_id, persona_id FROM alone),
known AS (SELECT *, coalesce(nullif(surname, ''), name) AS family FROM store.personas),
families AS (
    SELECT family FROM known SEMI JOIN touched_personas USING (persona_id)
    UNION
    SELECT o.family
    FROM families AS n
    JOIN known AS p ON p.family = n.family
    JOIN decided AS d ON d.persona_id = p.persona_id
    JOIN known AS o ON o.persona_id = d.other_id
),
members AS (SELECT k.* EXCLUDE (family) FROM known AS k SEMI JOIN families USING (family)),
-- Maggie Oduya and Margaret Oduya of one body, and Femi and Oluwafemi; not Sam Hale where there are Samuel and Samantha.
alike AS (
    SELECT m.persona_id, o.persona_id AS other_id
    FROM members AS m
    JOIN members AS o ON o.scope = m.scope AND o.surname = m.surname AND o.name <> m.name
    WHERE m.scope NOT IN ('', 'known', 'state', 'organisation') AND (
        list_has_any(m.first_names, o.first_names)
        OR (len(m.first_names[1]) BETWEEN 4 AND len(o.first_names[1]) - 2
            AND (ends_with(o.first_names[1], m.first_names[1]) OR starts_with(o.first_names[1], m.first_names[1])))
        OR (len(o.first_names[1]) BETWEEN 4 AND len(m.first_names[1]) - 2
            AND (ends_with(m.first_names[1], o.first_names[1]) OR starts_with(m.first_names[1], o.first_names[1]))))
),
torn AS (
    SELECT DISTINCT a.persona_id
    FROM alike AS a
    JOIN alike AS b ON b.persona_id = a.persona_id AND b.other_id <> a.other_id
    ANTI JOIN alike AS c ON c.persona_id = a.other_id AND c.other_id = b.other_id
),
short AS (
    SELECT a.persona_id, a.other_id
    FROM alike AS a
    ANTI JOIN torn AS t ON t.persona_id = a.persona_id
    ANTI JOIN torn AS u ON u.persona_id = a.other_id
),
ties AS (
    SELECT persona_id, other_id FROM store.persona_ties SEMI JOIN members USING (persona_id)
    UNION
    SELECT other_id, persona_id FROM store.persona_ties SEMI JOIN members USING (persona_id)
),
edges AS (
    SELECT persona_id, other_id
    FROM (FROM ties UNION FROM short) AS ties
    ANTI JOIN alone AS a ON a.persona_id = ties.persona_id
    ANTI JOIN alone AS b ON b.persona_id = ties.other_id
    ANTI JOIN apart AS s ON s.persona_id = ties.persona_id AND s.other_id = ties.other_id
    UNION
    SELECT persona_id, other_id FROM merged SEMI JOIN members USING (persona_id)
),
reached AS (
    SELECT persona_id, persona_id AS other_id FROM members
    UNION
    SELECT r.persona_id, e.other_id FROM reached AS r JOIN edges AS e ON e.persona_id = r.other_id
),
placed AS (
    SELECT
        r.persona_id, coalesce(min(m.persona_id) FILTER (m.scope <> ''), min(m.persona_id)) AS actor_id,
        count(*) = 1 AND any_value(m.scope) = '' AS is_open
    FROM reached AS r
    JOIN members AS m ON m.persona_id = r.other_id
    GROUP BY r.persona_id
),
used AS (
    SELECT persona_id FROM store.statements AS s SEMI JOIN members USING (persona_id) WHERE s.is_current
    UNION
    SELECT unnest([persona_id, other_id]) FROM ties
),
-- A name without a circle is the one actor who has the name; where there are several, nobody knows which.
owners AS (
    SELECT m.name, min(p.actor_id) AS actor_id
    FROM members AS m
    JOIN placed AS p USING (persona_id)
    SEMI JOIN used AS u ON u.persona_id = m.persona_id
    WHERE m.scope NOT IN ('', 'organisation')
    GROUP BY m.name
    HAVING count(DISTINCT p.actor_id) = 1
)
SELECT m.persona_id, coalesce(o.actor_id, p.actor_id) AS actor_id
FROM members AS m
JOIN placed AS p USING (persona_id)
LEFT JOIN alone AS a ON a.persona_id = m.persona_id
LEFT JOIN owners AS o ON o.name = m.name AND p.is_open AND a.persona_id IS NULL
