CREATE OR REPLACE VIEW main.organisations AS
WITH spoken AS (
    SELECT
        organisation, arg_max(actor_type, place) AS actor_type,
        coalesce(list_sort(list(DISTINCT person) FILTER (person <> '')), []) AS people,
        sum(statements)::BIGINT AS statements, sum(local)::BIGINT AS local, sum(central)::BIGINT AS central,
        sum(balanced)::BIGINT AS balanced, min(first_published_at) AS first_published_at,
        max(last_published_at) AS last_published_at, max(place).said_at AS last_said_at
    FROM store.heard
    WHERE is_current AND organisation <> ''
    GROUP BY organisation
)
SELECT
    k.organisation, k.actor_type, h.stance, h.since, h.previous_stance, h.said_at,
    CASE WHEN h.person = '' THEN k.organisation ELSE h.person END AS said_by, h.quote, h.url, k.people, k.statements,
    k.local, k.central, k.balanced, k.first_published_at, k.last_published_at, coalesce(b.aliases, []) AS aliases,
    k.last_said_at
FROM spoken AS k
LEFT JOIN store.sides AS h ON h.organisation = k.organisation AND h.theme = ''
LEFT JOIN store.bodies AS b ON b.organisation = k.organisation;

COMMENT ON VIEW main.organisations IS 'Every organisation that somebody spoke for, with where it stands now: the latest side that it, or anybody who spoke for it, took. One row an organisation; actor_positions has people and bodies each by themselves.';
COMMENT ON COLUMN main.organisations.organisation IS 'Canonical name, as in every column organisation; as publisher it may have another form: plain_name(publisher) = plain_name(organisation) joins them.';
COMMENT ON COLUMN main.organisations.actor_type IS 'Kind of actor: government, national_body, membership_body, local_nhs, local_government, union_professional, think_tank, parliament, patient_voluntary or other.';
COMMENT ON COLUMN main.organisations.stance IS 'The side taken for it most recently: local, central or balanced; null where none ever was.';
COMMENT ON COLUMN main.organisations.since IS 'First publication of that side without another in between (UTC); null where no side was taken.';
COMMENT ON COLUMN main.organisations.previous_stance IS 'The side before that; null if there was none.';
COMMENT ON COLUMN main.organisations.said_at IS 'When the present side was last printed (UTC); null where no side was taken.';
COMMENT ON COLUMN main.organisations.said_by IS 'Who took it then: a person, or the organisation itself; null where no side was taken.';
COMMENT ON COLUMN main.organisations.quote IS 'The words that carry it, exactly as printed; null where no side was taken.';
COMMENT ON COLUMN main.organisations.url IS 'Where they were printed; null where no side was taken.';
COMMENT ON COLUMN main.organisations.people IS 'All names under which people spoke for it, in order of the alphabet; empty if only the body itself spoke. One person may stand there in two spellings: count(DISTINCT actor_id) FROM statements counts people.';
COMMENT ON COLUMN main.organisations.statements IS 'How many statements are known, its own and those of people who spoke for it, of any stance, copies included.';
COMMENT ON COLUMN main.organisations.local IS 'Of these, local.';
COMMENT ON COLUMN main.organisations.central IS 'Of these, central.';
COMMENT ON COLUMN main.organisations.balanced IS 'Of these, balanced.';
COMMENT ON COLUMN main.organisations.first_published_at IS 'When it was first quoted, by the dates that are printed (UTC); null where none is.';
COMMENT ON COLUMN main.organisations.last_published_at IS 'When it was last quoted, by the dates that are printed (UTC); null where none is: last_said_at never is.';
COMMENT ON COLUMN main.organisations.aliases IS 'Other names that it is printed under, from config/actors.yml: no others, also where an article prints an acronym in brackets. Empty where none are known.';
COMMENT ON COLUMN main.organisations.last_said_at IS 'When anybody was last quoted for it, articles without a date by when they were first seen (UTC); never null.';
