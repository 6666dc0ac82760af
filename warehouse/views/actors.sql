CREATE OR REPLACE VIEW main.actors AS
WITH said AS (
    SELECT h.*, p.actor_id, p.name, p.surname, p.first_names
    FROM store.heard AS h
    JOIN store.personas AS p USING (persona_id)
    WHERE h.is_current
),
summed AS (
    SELECT
        actor_id, arg_max(person, place) AS person, arg_max(organisation, place) AS organisation,
        arg_max(actor_type, place) AS actor_type,
        list_sort(list(DISTINCT person) FILTER (person <> '')) AS names,
        list_sort(list(DISTINCT organisation) FILTER (organisation <> '')) AS organisations,
        sum(statements)::BIGINT AS statements, min(first_published_at) AS first_published_at,
        max(last_published_at) AS last_published_at, arg_max(role, role_place) FILTER (role <> '') AS role,
        sum(local)::BIGINT AS local, sum(central)::BIGINT AS central, sum(balanced)::BIGINT AS balanced,
        list_sort(list_distinct(flatten(list(publishers)))) AS publishers, max(place).said_at AS last_said_at
    FROM said
    GROUP BY actor_id
),
-- A person is called by the fullest name in print.
spelt AS (SELECT actor_id, person, sum(statements) AS times FROM said WHERE person <> '' GROUP BY actor_id, person),
named AS (SELECT actor_id, arg_max(person, row(length(person), times, person)) AS person FROM spelt GROUP BY actor_id),
called AS (
    SELECT DISTINCT actor_id, persona_id, name, surname, first_names, organisation FROM said WHERE person <> ''
),
-- Pairs of actors that may be one: of the same name; or of names that may be short for each other, in one organisation.
alike AS (
    SELECT a.actor_id, b.actor_id AS other_id, 'another actor has this name' AS doubt
    FROM called AS a
    JOIN called AS b ON a.name = b.name
    WHERE a.actor_id <> b.actor_id
    UNION
    SELECT a.actor_id, b.actor_id, 'a like name in the same organisation'
    FROM called AS a
    JOIN called AS b ON a.surname = b.surname AND a.organisation = b.organisation
    WHERE a.actor_id <> b.actor_id AND a.name <> b.name AND a.organisation <> '' AND (
        list_has_any(a.first_names, b.first_names)
        OR (least(len(a.first_names[1]), len(b.first_names[1])) = 1 AND a.first_names[1][1] = b.first_names[1][1])
    )
),
parted AS (
    SELECT p.actor_id, o.actor_id AS other_id
    FROM store.actor_verdicts AS v
    JOIN store.personas AS p ON p.persona_id = v.persona_id
    JOIN store.personas AS o ON o.persona_id = v.other_id
    WHERE v.kind = 'split'
),
decided AS (SELECT actor_id, other_id FROM parted UNION SELECT other_id, actor_id FROM parted),
doubted AS (
    SELECT l.actor_id, string_agg(DISTINCT l.doubt, '; ' ORDER BY l.doubt) AS doubt
    FROM alike AS l
    ANTI JOIN decided USING (actor_id, other_id)
    GROUP BY l.actor_id
)
SELECT
    s.actor_id, s.person, s.organisation, s.actor_type, coalesce(s.names, []) AS names,
    coalesce(s.organisations, []) AS organisations, s.statements, s.first_published_at, s.last_published_at,
    d.doubt IS NOT NULL AS is_doubtful, coalesce(d.doubt, '') AS doubt,
    coalesce(n.person, s.organisation) AS actor_name, coalesce(s.role, '') AS role, s.local, s.central, s.balanced,
    s.publishers, s.last_said_at
FROM summed AS s
LEFT JOIN named AS n USING (actor_id)
LEFT JOIN doubted AS d USING (actor_id);

COMMENT ON VIEW main.actors IS 'Who speaks: a person through all changes of role and body, or an organisation; one row each, with or without a side (actor_positions has those who took one). Collective and anonymous speakers are none.';
COMMENT ON COLUMN main.actors.actor_id IS 'Identity of the actor; another one when actors are merged or split.';
COMMENT ON COLUMN main.actors.person IS 'Person, as printed last; empty, not null, where an organisation speaks.';
COMMENT ON COLUMN main.actors.organisation IS 'Organisation spoken for most recently; empty where none is known.';
COMMENT ON COLUMN main.actors.actor_type IS 'Kind of actor, most recently: government, national_body, membership_body, local_nhs, local_government, union_professional, think_tank, parliament, patient_voluntary or other.';
COMMENT ON COLUMN main.actors.names IS 'All names that the person was printed under; empty for an organisation.';
COMMENT ON COLUMN main.actors.organisations IS 'All organisations spoken for, in order of the alphabet: list_contains(organisations, ''NHS England'').';
COMMENT ON COLUMN main.actors.statements IS 'How many statements of this actor are known, of any stance, copies included (statements.is_copy).';
COMMENT ON COLUMN main.actors.first_published_at IS 'When the actor was first quoted, by the dates that are printed (UTC); null where none is.';
COMMENT ON COLUMN main.actors.last_published_at IS 'When the actor was last quoted, by the dates that are printed (UTC); null where none is: last_said_at never is.';
COMMENT ON COLUMN main.actors.is_doubtful IS 'Whether this may be the same as another actor, or not: merge or split them.';
COMMENT ON COLUMN main.actors.doubt IS 'Why; empty where there is no doubt.';
COMMENT ON COLUMN main.actors.actor_name IS 'The actor in one column: the person by the fullest name in print, else the organisation.';
COMMENT ON COLUMN main.actors.role IS 'Role as printed most recently; empty where none ever was.';
COMMENT ON COLUMN main.actors.local IS 'Statements of this actor that are local; statements less local, central and balanced take no side.';
COMMENT ON COLUMN main.actors.central IS 'Statements that are central.';
COMMENT ON COLUMN main.actors.balanced IS 'Statements that are balanced.';
COMMENT ON COLUMN main.actors.publishers IS 'Outlets that quoted the actor, in order of the alphabet.';
COMMENT ON COLUMN main.actors.last_said_at IS 'When the actor was last quoted, articles without a date by when they were first seen (UTC); never null: the one to find who has gone silent.';
