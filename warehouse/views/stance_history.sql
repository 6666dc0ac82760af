-- The positions that count, each with the one before it; kept with all they show, see tallies.py.
CREATE OR REPLACE VIEW main.stance_history AS
WITH called AS (
    SELECT p.actor_id, h.person, sum(h.statements) AS times
    FROM store.heard AS h
    JOIN store.personas AS p USING (persona_id)
    WHERE h.person <> ''
    GROUP BY p.actor_id, h.person
),
named AS (SELECT actor_id, arg_max(person, row(length(person), times, person)) AS person FROM called GROUP BY actor_id)
SELECT
    h.actor_id, coalesce(n.person, nullif(h.person, ''), h.organisation) AS actor_name, h.person, h.role,
    h.organisation, h.actor_type, h.stance, h.confidence, h.themes, h.said_at, h.previous_stance, h.previous_said_at,
    h.stance <> h.previous_stance AND h.previous_stance IS NOT NULL AS is_shift, coalesce(h.kind, 'history') AS kind,
    h.event_id, h.quote, h.publisher, h.title, h.url, h.previous_quote, h.previous_publisher, h.previous_url,
    h.published_at, h.first_seen_at, h.article_kind, h.article_id, h.statement_id, h.previous_statement_id,
    main.london_day(h.said_at) AS said_on
FROM store.history AS h
LEFT JOIN named AS n ON n.actor_id = h.actor_id;

COMMENT ON VIEW main.stance_history IS 'Every position an identified actor ever took, news and silent history alike: one row an actor and article, whose statements add up to one side. Words printed before (copies) and sides that the model was not sure of are left out. actor_positions has the latest of each actor.';
COMMENT ON COLUMN main.stance_history.actor_id IS 'Identity of the actor (actors.actor_id): the one to count and group by.';
COMMENT ON COLUMN main.stance_history.actor_name IS 'Who took the side, in one column: the person by the fullest name in print, else the organisation.';
COMMENT ON COLUMN main.stance_history.person IS 'Person as printed in that article; empty, not null, where the organisation itself took the side.';
COMMENT ON COLUMN main.stance_history.role IS 'Role as printed in that article; may be empty.';
COMMENT ON COLUMN main.stance_history.organisation IS 'Organisation spoken for then (organisations.organisation); empty where none is known.';
COMMENT ON COLUMN main.stance_history.actor_type IS 'Kind of actor: government, national_body, membership_body, local_nhs, local_government, union_professional, think_tank, parliament, patient_voluntary or other.';
COMMENT ON COLUMN main.stance_history.stance IS 'The side taken: local, central or balanced.';
COMMENT ON COLUMN main.stance_history.confidence IS 'How sure the side is, from 0 to 1, of all of the actor''s statements in that article: the surest of that side; where as many or nearly as many are local as central, which together are balanced, the less sure of the two. quote may be another one of them (spoken words come before reported ones): statements.confidence of statement_id is its own.';
COMMENT ON COLUMN main.stance_history.themes IS 'Themes (themes.theme) that the actor''s sided statements in that article touch: list_contains(themes, ''finance''), or unnest(themes).';
COMMENT ON COLUMN main.stance_history.said_at IS 'published_at, or first_seen_at where no date is printed (UTC); never null: the one to order and filter by.';
COMMENT ON COLUMN main.stance_history.previous_stance IS 'The actor''s side in the position before this one, as history stands now; null for the first.';
COMMENT ON COLUMN main.stance_history.previous_said_at IS 'When that was said (UTC); null for the first.';
COMMENT ON COLUMN main.stance_history.is_shift IS 'Whether the side is another one than before; false for the first position.';
COMMENT ON COLUMN main.stance_history.kind IS 'first, shift, theme or repeat, as the event told it when the article came as news; history where no event was made: seeds, imports, first polls.';
COMMENT ON COLUMN main.stance_history.event_id IS 'Event made of it (stance_events.event_id); null for history.';
COMMENT ON COLUMN main.stance_history.quote IS 'The words that carry the side most surely, exactly as printed.';
COMMENT ON COLUMN main.stance_history.publisher IS 'Outlet of that article.';
COMMENT ON COLUMN main.stance_history.title IS 'Headline of that article.';
COMMENT ON COLUMN main.stance_history.url IS 'Address of that article.';
COMMENT ON COLUMN main.stance_history.previous_quote IS 'The words of the position before, exactly as printed; null for the first.';
COMMENT ON COLUMN main.stance_history.previous_publisher IS 'Outlet that printed them; null for the first.';
COMMENT ON COLUMN main.stance_history.previous_url IS 'Where they were printed; null for the first.';
COMMENT ON COLUMN main.stance_history.published_at IS 'Publication time of that article (UTC); null where none is printed.';
COMMENT ON COLUMN main.stance_history.first_seen_at IS 'When Stancewatch first saw that article (UTC).';
COMMENT ON COLUMN main.stance_history.article_kind IS 'Kind of that article: seed, import or feed.';
COMMENT ON COLUMN main.stance_history.article_id IS 'Article that carries it (articles.article_id).';
COMMENT ON COLUMN main.stance_history.statement_id IS 'The statement whose words are quoted (statements.statement_id, unless an edit took it out).';
COMMENT ON COLUMN main.stance_history.previous_statement_id IS 'The statement of previous_quote; null for the first.';
COMMENT ON COLUMN main.stance_history.said_on IS 'The day of said_at in London: the one to count and compare days and months by.';
