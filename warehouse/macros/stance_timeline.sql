-- Names are compared as plain_name has them.
CREATE OR REPLACE MACRO main.stance_timeline(actor) AS TABLE
WITH people AS (FROM store.people_called(actor)),
houses AS (FROM store.bodies_called(actor)),
-- Each by itself, so that a few names are looked for while the positions are read, not behind. (DuckDB does so for a JOIN;
-- with IN it reads all.)
found AS (
    SELECT h.* FROM main.stance_history AS h JOIN people AS p ON p.actor_id = h.actor_id
    UNION ALL
    SELECT h.* FROM main.stance_history AS h JOIN houses AS o ON o.organisation = h.organisation
    WHERE h.actor_id NOT IN (SELECT actor_id FROM people)
)
SELECT
    h.published_at, h.kind, h.person, h.organisation, h.stance, h.confidence, h.quote, h.publisher, h.url, h.role,
    h.previous_stance, h.is_shift, h.themes, h.title, h.said_at, h.actor_name, h.actor_id, h.statement_id
FROM found AS h
ORDER BY h.said_at, h.first_seen_at, h.article_id, h.actor_name;

COMMENT ON MACRO TABLE main.stance_timeline IS 'Every position of an actor in order of time, history and news alike. The name may be a part, in any case, of a person''s name or of an organisation''s (then everybody who spoke for it), or an acronym of an organisation as config/actors.yml knows it (one that an article prints in brackets is not known). Accents, hyphens, apostrophes and titles make no difference (plain_name); an empty name fits nobody.';

-- Columns, for docs/warehouse.md:
-- published_at: When it was published (UTC); null where no date is printed.
-- kind: first, shift, theme or repeat as told; history where it was loaded silently.
-- person: Person as printed then; empty where the organisation itself took the side.
-- organisation: Organisation spoken for then.
-- stance: The side taken: local, central or balanced.
-- confidence: How sure the side is there, from 0 to 1 (stance_history.confidence).
-- quote: The words that carry it most surely, exactly as printed.
-- publisher: Outlet that printed them.
-- url: Where.
-- role: Role as printed then; may be empty.
-- previous_stance: The same actor's side before; null for the first.
-- is_shift: Whether it is another side than before.
-- themes: Themes of the statements that took it.
-- title: Headline there.
-- said_at: published_at, or when the article was first seen (UTC); never null; the rows are in this order.
-- actor_name: The actor in one column.
-- actor_id: Identity of the actor (actors.actor_id).
-- statement_id: Statement of quote (statements.statement_id).
