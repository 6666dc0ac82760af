-- Which personas are one actor. First those that one article prints beside the same person, those that an analyst merged,
-- but for what an analyst split since, and those of one circle whose names fit, if that is not true of others there too.
-- Then each name that no article places goes to the only actor whose name it is, or fits; those left are one if they
-- fit nobody else. Works on the surnames touched and on what verdicts tie to them, never on more. An actor is called by
-- the least of its personas that has a circle, so that the order of arrival does not matter.
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
members AS (
    SELECT
        k.* EXCLUDE (family), ltrim(k.scope, '~') AS circle, k.scope = '' OR starts_with(k.scope, '~') AS is_adrift,
        k.first_names = [] OR k.first_names[1] IN ('lord', 'lady', 'baroness') AS is_title_only
    FROM known AS k
    SEMI JOIN families USING (family)
),
-- Maggie Oduya and Margaret Oduya, Femi and Oluwafemi, Bev and Beverley, S. Averley and Simon Averley, Lord Blythe.
suits AS (
    SELECT m.persona_id, o.persona_id AS other_id
    FROM members AS m
    JOIN members AS o ON o.surname = m.surname AND o.persona_id <> m.persona_id
    WHERE 'organisation' NOT IN (m.scope, o.scope) AND m.surname <> '' AND (
        m.name = o.name
        OR list_has_any(m.first_names, o.first_names) AND NOT m.is_title_only
        OR m.is_title_only AND NOT o.is_title_only AND m.circle = o.circle
        OR (len(m.first_names[1]) = 1 AND len(list_filter(o.first_names, lambda n: n[1] = m.first_names[1])) > 0)
        OR (len(m.first_names[1]) BETWEEN 4 AND len(o.first_names[1]) - 2
            AND ends_with(o.first_names[1], m.first_names[1]))
        OR (len(m.first_names[1]) BETWEEN 3 AND len(o.first_names[1]) - 2
            AND starts_with(o.first_names[1], m.first_names[1])))
),
fits AS (FROM suits UNION SELECT other_id, persona_id FROM suits),
-- Not Sam Hale of a body where there are Samuel and Samantha.
alike AS (
    SELECT f.persona_id, f.other_id
    FROM fits AS f
    JOIN members AS m ON m.persona_id = f.persona_id
    JOIN members AS o ON o.persona_id = f.other_id
    WHERE m.circle = o.circle AND m.circle NOT IN ('', 'known')
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
        r.persona_id,
        coalesce(
            min(m.persona_id) FILTER (NOT m.is_adrift), min(m.persona_id) FILTER (m.scope <> ''), min(m.persona_id)
        ) AS actor_id,
        bool_and(m.is_adrift) AS is_open
    FROM reached AS r
    JOIN members AS m ON m.persona_id = r.other_id
    GROUP BY r.persona_id
),
used AS (
    SELECT persona_id FROM store.statements AS s SEMI JOIN members USING (persona_id) WHERE s.is_current
    UNION
    SELECT unnest([persona_id, other_id]) FROM ties
),
whole AS (
    SELECT p.persona_id, p.actor_id, p.is_open, m.name, m.circle, m.is_adrift, a.persona_id IS NOT NULL AS is_alone
    FROM placed AS p
    JOIN members AS m USING (persona_id)
    LEFT JOIN alone AS a USING (persona_id)
    WHERE m.scope <> 'organisation'
),
split AS (
    SELECT p.actor_id, o.actor_id AS other_id
    FROM apart AS s
    JOIN placed AS p USING (persona_id)
    JOIN placed AS o ON o.persona_id = s.other_id
),
-- Whose a name adrift may be: by the very name, or else by one that fits.
claims AS (
    SELECT w.actor_id, o.actor_id AS owner_id, bool_or(w.name = o.name) AS is_same
    FROM fits AS f
    JOIN whole AS w ON w.persona_id = f.persona_id AND w.is_open AND NOT w.is_alone
    JOIN whole AS o ON o.persona_id = f.other_id AND NOT o.is_adrift
    SEMI JOIN used AS u ON u.persona_id = o.persona_id
    ANTI JOIN split AS s ON s.actor_id = w.actor_id AND s.other_id = o.actor_id
    GROUP BY w.actor_id, o.actor_id
),
strays AS (
    SELECT w.actor_id, o.actor_id AS other_id, bool_or(w.circle = '' OR o.circle = '') AS may_be_one
    FROM fits AS f
    JOIN whole AS w ON w.persona_id = f.persona_id AND w.is_open AND NOT w.is_alone
    JOIN whole AS o ON o.persona_id = f.other_id AND o.is_open AND NOT o.is_alone
    SEMI JOIN used AS u ON u.persona_id = o.persona_id
    ANTI JOIN split AS t ON t.actor_id = w.actor_id AND t.other_id = o.actor_id
    WHERE w.actor_id <> o.actor_id
    GROUP BY w.actor_id, o.actor_id
),
-- Nat Oduya is not Natalie Oduya of a body where there is a Nathaniel Oduya of no body, too.
rivalled AS (
    SELECT DISTINCT c.actor_id
    FROM claims AS c
    JOIN strays AS s ON s.actor_id = c.actor_id
    ANTI JOIN claims AS o ON o.actor_id = s.other_id AND o.owner_id = c.owner_id
),
owners AS (
    SELECT c.actor_id, coalesce(min(c.owner_id) FILTER (c.is_same), min(c.owner_id)) AS owner_id
    FROM claims AS c
    LEFT JOIN rivalled AS r ON r.actor_id = c.actor_id
    GROUP BY c.actor_id
    HAVING count(*) FILTER (c.is_same) = 1 OR (count(*) = 1 AND count(r.actor_id) = 0)
),
free AS (
    SELECT s.*
    FROM strays AS s
    ANTI JOIN claims AS c ON c.actor_id = s.actor_id
    ANTI JOIN claims AS o ON o.actor_id = s.other_id
),
unclear AS (
    SELECT DISTINCT a.actor_id
    FROM free AS a
    JOIN free AS b ON b.actor_id = a.actor_id AND b.other_id <> a.other_id
    ANTI JOIN (FROM free WHERE may_be_one) AS c ON c.actor_id = a.other_id AND c.other_id = b.other_id
),
homes AS (
    SELECT actor_id, owner_id FROM owners
    UNION ALL
    SELECT f.actor_id, least(f.actor_id, min(f.other_id))
    FROM free AS f
    ANTI JOIN unclear AS a ON a.actor_id = f.actor_id
    ANTI JOIN unclear AS b ON b.actor_id = f.other_id
    WHERE f.may_be_one
    GROUP BY f.actor_id
)
SELECT p.persona_id, coalesce(h.owner_id, p.actor_id) AS actor_id
FROM placed AS p
LEFT JOIN homes AS h ON h.actor_id = p.actor_id AND p.is_open
