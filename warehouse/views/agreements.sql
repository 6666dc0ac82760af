-- The sides of an organisation are three masks, a bit a theme: so two organisations are compared by counting bits, and
-- the themes themselves are only listed where somebody asks for them.
CREATE OR REPLACE VIEW main.agreements AS
WITH numbered AS (
    SELECT theme, row_number() OVER (ORDER BY theme) - 1 AS number
    FROM (SELECT DISTINCT theme FROM store.sides WHERE organisation <> '' AND theme <> '')
),
listed AS (SELECT coalesce(list(theme ORDER BY theme), []) AS themes FROM numbered),
masks AS (
    SELECT
        s.organisation, max(s.actor_type) FILTER (n.theme IS NULL) AS actor_type,
        max(s.stance) FILTER (s.theme = 'autonomy_control') AS stance,
        coalesce(bit_or(1::HUGEINT << n.number), 0) AS every,
        coalesce(bit_or(1::HUGEINT << n.number) FILTER (s.stance = 'local'), 0) AS local,
        coalesce(bit_or(1::HUGEINT << n.number) FILTER (s.stance = 'central'), 0) AS central,
        coalesce(bit_or(1::HUGEINT << n.number) FILTER (s.stance = 'balanced'), 0) AS balanced
    FROM store.sides AS s
    LEFT JOIN numbered AS n ON n.theme = s.theme
    WHERE s.organisation <> ''
    GROUP BY s.organisation
),
compared AS (
    SELECT
        a.organisation, b.organisation AS other_organisation, a.every & b.every AS shared,
        (a.local & b.local) | (a.central & b.central) | (a.balanced & b.balanced) AS agreed,
        (a.local & b.central) | (a.central & b.local) AS opposed, a.actor_type, b.actor_type AS other_actor_type,
        a.stance, b.stance AS other_stance, coalesce(n.aliases, []) AS aliases
    FROM masks AS a
    LEFT JOIN store.bodies AS n ON n.organisation = a.organisation
    JOIN masks AS b ON b.organisation <> a.organisation
    WHERE a.every & b.every <> 0
)
SELECT
    c.organisation, c.other_organisation, bit_count(c.shared)::BIGINT AS shared_themes,
    bit_count(c.agreed)::BIGINT AS agreeing, bit_count(c.opposed)::BIGINT AS opposing,
    list_filter(l.themes, lambda theme, place: (c.agreed >> (place - 1)) & 1 = 1) AS agreeing_themes,
    list_filter(l.themes, lambda theme, place: (c.opposed >> (place - 1)) & 1 = 1) AS opposing_themes,
    c.actor_type, c.other_actor_type,
    CASE WHEN c.other_stance IS NOT NULL THEN c.stance END AS stance,
    CASE WHEN c.stance IS NOT NULL THEN c.other_stance END AS other_stance, c.aliases
FROM compared AS c, listed AS l;

COMMENT ON VIEW main.agreements IS 'Pairs of organisations that took sides on at least one shared theme, compared by the latest side of each on each theme (its own or that of anybody who spoke for it). Each pair stands there both ways round: filter by organisation, or by organisation < other_organisation for each pair once.';
COMMENT ON COLUMN main.agreements.organisation IS 'One organisation (organisations.organisation).';
COMMENT ON COLUMN main.agreements.other_organisation IS 'The other one.';
COMMENT ON COLUMN main.agreements.shared_themes IS 'On how many themes both took a side; agreeing + opposing may be less, since balanced beside local or central is neither.';
COMMENT ON COLUMN main.agreements.agreeing IS 'On how many of these their latest sides are the same.';
COMMENT ON COLUMN main.agreements.opposing IS 'On how many one is local and the other central.';
COMMENT ON COLUMN main.agreements.agreeing_themes IS 'Themes they agree on, in order of the alphabet; may be empty.';
COMMENT ON COLUMN main.agreements.opposing_themes IS 'Themes they oppose each other on, in order of the alphabet; may be empty.';
COMMENT ON COLUMN main.agreements.actor_type IS 'Kind of actor of the first: government, national_body, membership_body, local_nhs, local_government, union_professional, think_tank, parliament, patient_voluntary or other.';
COMMENT ON COLUMN main.agreements.other_actor_type IS 'Kind of actor of the other one.';
COMMENT ON COLUMN main.agreements.stance IS 'Latest side of the first on autonomy_control, which every side is about: where it stands.';
COMMENT ON COLUMN main.agreements.other_stance IS 'Latest side of the other one on it.';
COMMENT ON COLUMN main.agreements.aliases IS 'Other names of the first, as in organisations.aliases: to filter by any of them.';
