-- Names are compared without accents, capitals and the form of apostrophes.
CREATE OR REPLACE MACRO main.stance_of(actor) AS TABLE
WITH wanted AS (SELECT replace(strip_accents(lower(trim(actor))), '’', '''') AS name),
bodies AS (
    SELECT b.organisation FROM store.bodies AS b, wanted AS w
    WHERE len(list_filter(b.aliases, lambda alias: replace(strip_accents(lower(alias)), '’', '''') = w.name)) > 0
),
met AS (
    SELECT
        s.actor_id,
        bool_or(s.person <> '' AND contains(replace(strip_accents(lower(s.person)), '’', ''''), w.name)) AS by_person,
        bool_or(s.organisation IN (SELECT organisation FROM bodies)
            OR contains(replace(strip_accents(lower(s.organisation)), '’', ''''), w.name)) AS by_body,
        bool_and(s.person = '') AS is_body,
        arg_max(s.person, length(s.person)) AS person, arg_max(s.role, row(s.role <> '', a.published_at)) AS role,
        arg_max(s.organisation, a.published_at) AS organisation, arg_max(s.actor_type, a.published_at) AS actor_type,
        count(*) AS statements, max(a.published_at) AS last_published_at
    FROM store.statements AS s
    JOIN store.articles AS a USING (article_id)
    CROSS JOIN wanted AS w
    WHERE s.is_current AND s.actor_id IS NOT NULL
    GROUP BY s.actor_id
)
SELECT
    coalesce(p.actor_name, nullif(m.person, ''), m.organisation) AS actor_name, coalesce(p.role, m.role) AS role,
    coalesce(p.organisation, m.organisation) AS organisation, coalesce(p.actor_type, m.actor_type) AS actor_type,
    coalesce(p.stance, 'none') AS stance, p.since, p.previous_stance, p.confidence, p.quote, p.publisher, p.title,
    p.said_at, p.url, coalesce(p.positions, 0) AS positions, m.statements, m.last_published_at, m.actor_id
FROM met AS m
LEFT JOIN main.actor_positions AS p ON p.actor_id = m.actor_id
WHERE m.by_person OR (m.by_body AND (m.is_body OR p.actor_id IS NOT NULL))
ORDER BY p.actor_id IS NULL, m.is_body DESC, p.said_at DESC, actor_name, m.actor_id;

COMMENT ON MACRO TABLE main.stance_of IS 'Where an actor stands now, one row an actor that the name fits. The name may be a part, in any case, of any name of a person, or of an organisation''s (then the body itself first, and everybody who took a side and ever spoke for it), or an acronym of an organisation as config/actors.yml knows it. stance is none where no side was ever taken.';
