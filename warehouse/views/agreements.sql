CREATE OR REPLACE VIEW main.agreements AS
WITH sided AS (
    SELECT
        s.organisation, s.actor_type, unnest(p.themes) AS theme, p.stance,
        row(p.said_at, p.first_seen_at, p.article_id, s.person = '', p.confidence, p.actor_id) AS place
    FROM store.positions AS p
    JOIN store.statements AS s USING (statement_id)
    WHERE p.is_new AND s.organisation <> ''
),
sides AS (
    SELECT
        organisation, theme, arg_max(stance, place) AS stance, arg_max(actor_type, place) AS actor_type
    FROM sided
    GROUP BY organisation, theme
)
SELECT
    a.organisation, b.organisation AS other_organisation, count(*) AS shared_themes,
    count(*) FILTER (a.stance = b.stance) AS agreeing,
    count(*) FILTER (a.stance <> b.stance AND a.stance <> 'balanced' AND b.stance <> 'balanced') AS opposing,
    coalesce(list(a.theme ORDER BY a.theme) FILTER (a.stance = b.stance), []) AS agreeing_themes,
    coalesce(
        list(a.theme ORDER BY a.theme)
        FILTER (a.stance <> b.stance AND a.stance <> 'balanced' AND b.stance <> 'balanced'), []) AS opposing_themes,
    min(a.actor_type) AS actor_type, min(b.actor_type) AS other_actor_type,
    max(a.stance) FILTER (a.theme = 'autonomy_control') AS stance,
    max(b.stance) FILTER (a.theme = 'autonomy_control') AS other_stance
FROM sides AS a
JOIN sides AS b ON b.theme = a.theme AND b.organisation <> a.organisation
GROUP BY a.organisation, b.organisation;

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
