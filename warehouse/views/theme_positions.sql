CREATE OR REPLACE VIEW main.theme_positions AS
WITH called AS (
    SELECT p.actor_id, h.person, sum(h.statements) AS times
    FROM store.heard AS h
    JOIN store.personas AS p USING (persona_id)
    WHERE h.person <> ''
    GROUP BY p.actor_id, h.person
),
named AS (SELECT actor_id, arg_max(person, row(length(person), times, person)) AS person FROM called GROUP BY actor_id)
SELECT
    h.theme, coalesce(t.label, h.theme) AS label, h.actor_id,
    coalesce(n.person, nullif(h.person, ''), h.body) AS actor_name, h.body AS organisation, h.actor_type, h.stance,
    h.since, h.previous_stance, h.said_at, h.confidence, h.positions, h.quote, h.publisher, h.url, h.statement_id
FROM store.sides AS h
LEFT JOIN named AS n ON n.actor_id = h.actor_id
LEFT JOIN store.themes AS t ON t.theme = h.theme
WHERE h.actor_id <> '';

COMMENT ON VIEW main.theme_positions IS 'Where each actor stands now theme by theme: the latest side taken in an article whose sided statements touch the theme, one row an actor and theme.';
COMMENT ON COLUMN main.theme_positions.theme IS 'Governance theme (themes.theme).';
COMMENT ON COLUMN main.theme_positions.label IS 'Its name for readers.';
COMMENT ON COLUMN main.theme_positions.actor_id IS 'Identity of the actor (actors.actor_id).';
COMMENT ON COLUMN main.theme_positions.actor_name IS 'The actor in one column: the person by the fullest name in print, else the organisation.';
COMMENT ON COLUMN main.theme_positions.organisation IS 'Organisation spoken for then; empty where none is known.';
COMMENT ON COLUMN main.theme_positions.actor_type IS 'Kind of actor: government, national_body, membership_body, local_nhs, local_government, union_professional, think_tank, parliament, patient_voluntary or other.';
COMMENT ON COLUMN main.theme_positions.stance IS 'The side taken most recently on the theme: local, central or balanced.';
COMMENT ON COLUMN main.theme_positions.since IS 'First publication of that side on the theme without another in between (UTC).';
COMMENT ON COLUMN main.theme_positions.previous_stance IS 'The side on the theme before that; null if there was none.';
COMMENT ON COLUMN main.theme_positions.said_at IS 'When the present side was last printed (UTC); never null.';
COMMENT ON COLUMN main.theme_positions.confidence IS 'How sure the side is there, from 0 to 1, as in stance_history.confidence; quote may have another one of its own.';
COMMENT ON COLUMN main.theme_positions.positions IS 'How many positions of the actor touch the theme.';
COMMENT ON COLUMN main.theme_positions.quote IS 'The words that carry the side most surely in that article, exactly as printed; the article''s other sided statements may be the ones on the theme.';
COMMENT ON COLUMN main.theme_positions.publisher IS 'Outlet that printed them.';
COMMENT ON COLUMN main.theme_positions.url IS 'Where they were printed.';
COMMENT ON COLUMN main.theme_positions.statement_id IS 'Statement of quote (statements.statement_id).';
