-- Names are compared as plain_name has them; each once, however often it was printed. (What people_called is given cannot
-- come from a column: DuckDB would answer wrongly, and says so instead.)
CREATE OR REPLACE MACRO main.stance_of(actor) AS TABLE
WITH people AS (FROM store.people_called(actor)),
known AS (
    SELECT p.actor_id, h.* FROM store.heard AS h JOIN store.personas AS p USING (persona_id) WHERE h.is_current
),
houses AS (
    SELECT organisation FROM store.bodies
    WHERE len(list_filter(aliases, lambda alias: main.plain_name(alias) = main.plain_name(actor))) > 0
    UNION
    SELECT organisation FROM known WHERE contains(main.plain_name(organisation), main.plain_name(actor))
),
met AS (
    SELECT
        actor_id, actor_id IN (SELECT actor_id FROM people) AS by_person,
        bool_or(organisation IN (SELECT organisation FROM houses)) AS by_body, bool_and(person = '') AS is_body,
        arg_max(person, length(person)) AS person
    FROM known
    WHERE main.plain_name(actor) <> ''
    GROUP BY actor_id
),
foremost AS (
    SELECT m.actor_id, m.is_body, m.person
    FROM met AS m
    WHERE m.by_person OR (m.by_body AND (
        m.is_body OR m.actor_id IN (SELECT actor_id FROM store.standings)))
),
-- Where a body is known only through people who took no side, it is they.
fitting AS (
    FROM foremost
    UNION ALL
    SELECT actor_id, is_body, person FROM met WHERE by_body AND NOT EXISTS (FROM foremost)
),
said AS (
    SELECT
        actor_id, coalesce(arg_max(role, role_place) FILTER (role <> ''), '') AS role,
        arg_max(organisation, place) AS organisation, arg_max(actor_type, place) AS actor_type,
        sum(statements)::BIGINT AS statements, max(last_published_at) AS last_published_at
    FROM known
    GROUP BY actor_id
)
SELECT
    coalesce(p.actor_name, nullif(f.person, ''), s.organisation) AS actor_name, coalesce(p.role, s.role) AS role,
    coalesce(p.organisation, s.organisation) AS organisation, coalesce(p.actor_type, s.actor_type) AS actor_type,
    coalesce(p.stance, 'none') AS stance, p.since, p.previous_stance, p.confidence, p.quote, p.publisher, p.title,
    p.said_at, p.url, coalesce(p.positions, 0) AS positions, s.statements, s.last_published_at, f.actor_id
FROM fitting AS f
JOIN said AS s ON s.actor_id = f.actor_id
LEFT JOIN main.actor_positions AS p ON p.actor_id = f.actor_id
ORDER BY p.actor_id IS NULL, f.is_body DESC, p.said_at DESC, actor_name, f.actor_id;

COMMENT ON MACRO TABLE main.stance_of IS 'Where an actor stands now, one row an actor that the name fits. The name may be a part, in any case, of any name of a person (those that config/actors.yml has among them), or of an organisation''s (then the body itself and everybody who took a side and ever spoke for it), or an acronym of an organisation as config/actors.yml knows it (one that an article prints in brackets is not known). Accents, hyphens, apostrophes and titles make no difference (plain_name); an empty name fits nobody. Those who took a side come first, the body before its people, the latest before the earlier; stance is none where no side was ever taken, and where nobody who spoke for a body took one, all of them are shown so.';

-- Columns, for docs/warehouse.md:
-- actor_name: The actor in one column: the person by the fullest name in print, else the organisation.
-- role: Role as printed with the present side, else the last one printed; may be empty.
-- organisation: Organisation spoken for when the side was last taken, else most recently.
-- actor_type: Kind of actor.
-- stance: The side taken most recently: local, central or balanced; none where none ever was.
-- since: First publication of that side without another in between (UTC); this and all down to url null for stance none.
-- previous_stance: The side before that; null if there was none.
-- confidence: How sure the side is there, from 0 to 1 (stance_history.confidence).
-- quote: The words that carry it most surely, exactly as printed.
-- publisher: Outlet that last printed it.
-- title: Headline there.
-- said_at: When it was last printed (UTC).
-- url: Where.
-- positions: How many positions the actor took; 0 for stance none.
-- statements: How many statements of the actor are known, of any stance.
-- last_published_at: When the actor was last quoted (UTC).
-- actor_id: Identity of the actor (actors.actor_id).
