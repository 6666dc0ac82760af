-- Kept step by step, see tallies.py; how often an actor speaks at all is added up from fewer rows.
CREATE OR REPLACE VIEW main.actor_positions AS
WITH spoken AS (
    SELECT p.actor_id, sum(h.statements)::BIGINT AS statements, max(h.last_published_at) AS last_published_at,
        max(h.place).said_at AS last_said_at
    FROM store.heard AS h
    JOIN store.personas AS p USING (persona_id)
    WHERE h.is_current
    GROUP BY p.actor_id
),
called AS (
    SELECT p.actor_id, h.person, sum(h.statements) AS times
    FROM store.heard AS h
    JOIN store.personas AS p USING (persona_id)
    WHERE h.person <> ''
    GROUP BY p.actor_id, h.person
),
named AS (SELECT actor_id, arg_max(person, row(length(person), times, person)) AS person FROM called GROUP BY actor_id)
SELECT
    h.actor_id, h.person, h.organisation, h.actor_type, h.stance, h.since, h.previous_stance,
    coalesce(k.statements, 0) AS statements, coalesce(k.last_published_at, h.published_at) AS last_published_at, h.url,
    coalesce(n.person, nullif(h.person, ''), h.organisation) AS actor_name, h.role, h.confidence, h.themes, h.quote,
    h.publisher, h.title, h.said_at, h.positions, h.shifts, h.article_id, h.statement_id,
    coalesce(k.last_said_at, h.said_at) AS last_said_at
FROM store.standings AS h
LEFT JOIN spoken AS k ON k.actor_id = h.actor_id
LEFT JOIN named AS n ON n.actor_id = h.actor_id;

COMMENT ON VIEW main.actor_positions IS 'Where each actor who ever took a side stands now: one row an actor, people and organisations each by themselves. Actors who never took a side are in actors alone; organisations has the latest side of anybody who spoke for a body.';
COMMENT ON COLUMN main.actor_positions.actor_id IS 'Identity of the actor (actors.actor_id).';
COMMENT ON COLUMN main.actor_positions.person IS 'Person; empty, not null, where the organisation itself took the side.';
COMMENT ON COLUMN main.actor_positions.organisation IS 'Organisation spoken for when the side was last taken; empty where none is known.';
COMMENT ON COLUMN main.actor_positions.actor_type IS 'Kind of actor: government, national_body, membership_body, local_nhs, local_government, union_professional, think_tank, parliament, patient_voluntary or other.';
COMMENT ON COLUMN main.actor_positions.stance IS 'The side taken most recently: local, central or balanced.';
COMMENT ON COLUMN main.actor_positions.since IS 'First publication of that side without another in between (UTC).';
COMMENT ON COLUMN main.actor_positions.previous_stance IS 'The side before that; null if there was none: the actor never changed sides.';
COMMENT ON COLUMN main.actor_positions.statements IS 'How many statements of this actor are known, of any stance, copies included.';
COMMENT ON COLUMN main.actor_positions.last_published_at IS 'When the actor was last quoted, with or without a side, by the dates that are printed (UTC); null where none is: last_said_at never is.';
COMMENT ON COLUMN main.actor_positions.url IS 'Where the present side was last printed.';
COMMENT ON COLUMN main.actor_positions.actor_name IS 'The actor in one column: the person by the fullest name in print, else the organisation.';
COMMENT ON COLUMN main.actor_positions.role IS 'Role as printed there; may be empty.';
COMMENT ON COLUMN main.actor_positions.confidence IS 'How sure the side is there, from 0 to 1, as in stance_history.confidence; quote may have another one of its own.';
COMMENT ON COLUMN main.actor_positions.themes IS 'Themes (themes.theme) of the statements that took it there.';
COMMENT ON COLUMN main.actor_positions.quote IS 'The words that carry the side there, exactly as printed.';
COMMENT ON COLUMN main.actor_positions.publisher IS 'Outlet that last printed the present side.';
COMMENT ON COLUMN main.actor_positions.title IS 'Headline of that article.';
COMMENT ON COLUMN main.actor_positions.said_at IS 'When the present side was last printed (UTC); first_seen_at of the article where no date is printed.';
COMMENT ON COLUMN main.actor_positions.positions IS 'How many positions the actor took: articles with a side, see stance_history.';
COMMENT ON COLUMN main.actor_positions.shifts IS 'How often the side changed from one position to the next; 0: never.';
COMMENT ON COLUMN main.actor_positions.article_id IS 'Article of url (articles.article_id).';
COMMENT ON COLUMN main.actor_positions.statement_id IS 'Statement of quote (statements.statement_id).';
COMMENT ON COLUMN main.actor_positions.last_said_at IS 'When the actor was last quoted, with or without a side, articles without a date by when they were first seen (UTC); never null: the one to find who has gone silent.';
