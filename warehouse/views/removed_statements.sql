-- A statement that is not current was cut otherwise by another engine, or its words went from the page: the texts tell.
-- Asked for statement by statement, they are read of these articles alone.
CREATE OR REPLACE VIEW main.removed_statements AS
WITH gone AS NOT MATERIALIZED (
    FROM store.statements AS s
    WHERE NOT is_current AND NOT contains(
        (SELECT a.text FROM store.articles AS a WHERE a.article_id = s.article_id AND a.revision > 1), s.text)
),
last_seen AS NOT MATERIALIZED (
    SELECT g.statement_id, max(r.revision) AS revision
    FROM gone AS g
    JOIN store.article_revisions AS r ON r.article_id = g.article_id
    WHERE contains(r.text, g.text)
    GROUP BY g.statement_id
),
times AS NOT MATERIALIZED (
    SELECT article_id, revision, fetched_at FROM store.article_revisions
    UNION ALL
    SELECT article_id, revision, fetched_at FROM store.articles WHERE revision > 1
)
SELECT
    g.statement_id, g.article_id, g.url, g.publisher, g.published_at, g.actor_id, g.person, g.role, g.organisation,
    g.actor_type, g.text, g.quote_kind, g.stance, g.stance_score, g.confidence, g.themes,
    coalesce(nullif(g.person, ''), nullif(g.organisation, ''), g.role) AS speaker, g.title,
    coalesce(g.published_at, g.first_seen_at) AS said_at, l.revision AS last_revision, t.fetched_at AS removed_at,
    (
        SELECT string_agg(c.text, chr(10) || chr(10) ORDER BY c.start_char)
        FROM store.statements AS c
        WHERE c.article_id = g.article_id AND c.is_current AND c.original_id = g.original_id
    ) AS reworded_as,
    EXISTS (
        FROM store.statements AS c
        WHERE c.original_id = g.original_id AND c.is_current AND c.article_id <> g.article_id
    ) AS is_printed_elsewhere,
    main.london_day(t.fetched_at) AS removed_on
FROM gone AS g
JOIN last_seen AS l USING (statement_id)
ASOF JOIN times AS t ON t.article_id = g.article_id AND t.revision > l.revision;

COMMENT ON VIEW main.removed_statements IS 'What a page once quoted or reported, word for word, and does not print any more since it was edited: one row a statement and article. What was told of it stays in stance_events and stance_history.';
COMMENT ON COLUMN main.removed_statements.statement_id IS 'Deterministic id: hash of the article and the words.';
COMMENT ON COLUMN main.removed_statements.article_id IS 'Article that carried it (articles.article_id).';
COMMENT ON COLUMN main.removed_statements.url IS 'Address of that article.';
COMMENT ON COLUMN main.removed_statements.publisher IS 'Outlet of that article.';
COMMENT ON COLUMN main.removed_statements.published_at IS 'Publication time of that article (UTC); null where none is printed.';
COMMENT ON COLUMN main.removed_statements.actor_id IS 'Identity of the speaker (actors.actor_id); null for collective and anonymous speakers.';
COMMENT ON COLUMN main.removed_statements.person IS 'Speaker without honorific; empty, not null, where an organisation or a group speaks.';
COMMENT ON COLUMN main.removed_statements.role IS 'Role as it was printed; empty where none was.';
COMMENT ON COLUMN main.removed_statements.organisation IS 'Organisation spoken for; empty where none is known.';
COMMENT ON COLUMN main.removed_statements.actor_type IS 'Kind of actor, as the article told it.';
COMMENT ON COLUMN main.removed_statements.text IS 'The words exactly as they were printed.';
COMMENT ON COLUMN main.removed_statements.quote_kind IS 'direct, indirect, position (of an organisation) or authored (column, blog, speech).';
COMMENT ON COLUMN main.removed_statements.stance IS 'Side of it: local, central, balanced or none.';
COMMENT ON COLUMN main.removed_statements.stance_score IS 'From -1 (central) to +1 (local).';
COMMENT ON COLUMN main.removed_statements.confidence IS 'How sure the stance is, from 0 to 1.';
COMMENT ON COLUMN main.removed_statements.themes IS 'Governance themes it touches (themes.theme).';
COMMENT ON COLUMN main.removed_statements.speaker IS 'Who speaks, in one column: the person, else the organisation, else the role as printed.';
COMMENT ON COLUMN main.removed_statements.title IS 'Headline of that article now.';
COMMENT ON COLUMN main.removed_statements.said_at IS 'published_at, or when the article was first seen where no date is printed (UTC); never null.';
COMMENT ON COLUMN main.removed_statements.last_revision IS 'The last text with these words (revisions.revision).';
COMMENT ON COLUMN main.removed_statements.removed_at IS 'When the first text without them was read (UTC): they went some time between that and the reading before.';
COMMENT ON COLUMN main.removed_statements.reworded_as IS 'Nearly the same words, as the page has them now; null where it has nothing like them.';
COMMENT ON COLUMN main.removed_statements.is_printed_elsewhere IS 'Whether another article still prints them, or nearly them.';
COMMENT ON COLUMN main.removed_statements.removed_on IS 'The day of removed_at in London.';
