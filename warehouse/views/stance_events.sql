-- Who, where and in which words lies beside the event, and so do all outlets of words printed again (see tallies.py).
CREATE OR REPLACE VIEW main.stance_events AS
WITH outlets AS (
    SELECT original_id, list_sort(list_distinct(list(publisher))) AS sources FROM store.reprints GROUP BY original_id
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
    e.event_id, e.kind, CASE WHEN e.person <> '' THEN coalesce(n.person, e.person) ELSE '' END AS person,
    e.organisation, e.actor_type, e.stance, e.previous_stance,
    e.previous_at AS previous_published_at, e.previous_url, e.new_themes, e.article_id,
    e.url, e.publisher, coalesce(o.sources, [e.publisher]) AS sources,
    e.published_at, e.detected_at, e.statement_id, e.quote, e.confidence,
    e.previous_statement_id, e.previous_quote,
    e.previous_publisher, e.role, e.model_version, e.actor_id,
    CASE WHEN e.person <> '' THEN coalesce(n.person, e.person) ELSE e.organisation END AS actor_name,
    e.title, e.themes, e.evidence,
    e.first_seen_at, coalesce(e.published_at, e.first_seen_at) AS said_at,
    main.london_day(coalesce(e.published_at, e.first_seen_at)) AS said_on
FROM store.events AS e
LEFT JOIN outlets AS o ON o.original_id = e.original_id
LEFT JOIN named AS n ON n.actor_id = e.actor_id;

COMMENT ON VIEW main.stance_events IS 'The ledger of news: an identified actor took a side in an article that came as news, and what is new about it; one row an actor and article. What was loaded as history (seeds, first polls, imports) makes no event: stance_history has both.';
COMMENT ON COLUMN main.stance_events.event_id IS 'Deterministic id: hash of the statement that carries it.';
COMMENT ON COLUMN main.stance_events.kind IS 'first (took no side before), shift (another side before), theme (the same side, on themes never touched before) or repeat (anything else: a copy, a late arrival, nothing new; never told). kind <> ''repeat'' selects the news.';
COMMENT ON COLUMN main.stance_events.person IS 'Who took the side, by the fullest name in print; empty, not null, where the organisation itself did: actor_name is never empty.';
COMMENT ON COLUMN main.stance_events.organisation IS 'Organisation spoken for (organisations.organisation); empty where none is known.';
COMMENT ON COLUMN main.stance_events.actor_type IS 'Kind of actor: government, national_body, membership_body, local_nhs, local_government, union_professional, think_tank, parliament, patient_voluntary or other.';
COMMENT ON COLUMN main.stance_events.stance IS 'The side taken: local, central or balanced.';
COMMENT ON COLUMN main.stance_events.previous_stance IS 'The latest earlier side of that actor; null if none.';
COMMENT ON COLUMN main.stance_events.previous_published_at IS 'When the earlier side was printed (UTC); null if none.';
COMMENT ON COLUMN main.stance_events.previous_url IS 'Where the earlier side was printed; null if none.';
COMMENT ON COLUMN main.stance_events.new_themes IS 'Themes this actor never took a side on before, for kind theme; empty for other kinds.';
COMMENT ON COLUMN main.stance_events.article_id IS 'Article that carries it (articles.article_id).';
COMMENT ON COLUMN main.stance_events.url IS 'Address of that article.';
COMMENT ON COLUMN main.stance_events.publisher IS 'Outlet of that article.';
COMMENT ON COLUMN main.stance_events.sources IS 'All outlets that carried these words, in order of the alphabet.';
COMMENT ON COLUMN main.stance_events.published_at IS 'Publication time of that article (UTC); null where none is printed: said_at is never null.';
COMMENT ON COLUMN main.stance_events.detected_at IS 'When Stancewatch detected it (UTC).';
COMMENT ON COLUMN main.stance_events.statement_id IS 'The statement that carries the side most surely (statements.statement_id, unless an edit took it out).';
COMMENT ON COLUMN main.stance_events.quote IS 'Its words, exactly as printed.';
COMMENT ON COLUMN main.stance_events.confidence IS 'How sure the side is, from 0 to 1, of all of the actor''s statements in that article: the surest of that side; where as many or nearly as many are local as central, which together are balanced, the less sure of the two. quote may be another one of them (spoken words come before reported ones): statements.confidence of statement_id is its own.';
COMMENT ON COLUMN main.stance_events.previous_statement_id IS 'The statement that carried the earlier side; null if none.';
COMMENT ON COLUMN main.stance_events.previous_quote IS 'Its words, exactly as printed; null if none.';
COMMENT ON COLUMN main.stance_events.previous_publisher IS 'Outlet that printed it; null if none.';
COMMENT ON COLUMN main.stance_events.role IS 'Role of the speaker as printed; may be empty.';
COMMENT ON COLUMN main.stance_events.model_version IS 'Version of the engine when the event was detected.';
COMMENT ON COLUMN main.stance_events.actor_id IS 'Identity of the actor (actors.actor_id): the one to count and group by.';
COMMENT ON COLUMN main.stance_events.actor_name IS 'Who took the side, in one column: the person by the fullest name in print, else the organisation.';
COMMENT ON COLUMN main.stance_events.title IS 'Headline of that article.';
COMMENT ON COLUMN main.stance_events.themes IS 'All themes that the actor''s sided statements in that article touch.';
COMMENT ON COLUMN main.stance_events.evidence IS 'The words of the quote that carry the stance.';
COMMENT ON COLUMN main.stance_events.first_seen_at IS 'When Stancewatch first saw that article (UTC).';
COMMENT ON COLUMN main.stance_events.said_at IS 'published_at, or first_seen_at where no date is printed (UTC); never null: the one to order and filter by.';
COMMENT ON COLUMN main.stance_events.said_on IS 'The day of said_at in London: the one to count and compare days and months by.';
