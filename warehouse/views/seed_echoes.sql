-- Found by the stage "find echoes"; sides are those of now, corrections included.
CREATE OR REPLACE VIEW main.seed_echoes AS
SELECT
    e.statement_id, e.seed_statement_id, e.nearness, s.stance, d.stance AS seed_stance, s.person, s.organisation,
    d.person AS seed_person, d.organisation AS seed_organisation, s.text, d.text AS seed_text,
    CASE
        WHEN s.stance = d.stance AND s.stance <> 'none' THEN 'agrees'
        WHEN (s.stance, d.stance) IN (('local', 'central'), ('central', 'local')) THEN 'opposes'
        ELSE 'unclear'
    END AS relation,
    s.published_at, s.publisher, s.url, d.title AS seed_title, d.published_at AS seed_published_at,
    s.original_id IS NOT NULL AND s.original_id <> s.statement_id AS is_copy, s.article_id,
    coalesce(s.published_at, s.first_seen_at) AS said_at
FROM store.echoes AS e
JOIN store.statements AS s ON s.statement_id = e.statement_id
JOIN store.statements AS d ON d.statement_id = e.seed_statement_id
WHERE s.is_current AND d.is_current AND (s.stance <> 'none' OR len(s.themes) > 0);

COMMENT ON VIEW main.seed_echoes IS 'Statements that say what a seed statement says, or the opposite of it, or quote it: one row a pair, with at most three seed statements each. Copies and history are among them: NOT is_copy leaves out words that were printed before, count(DISTINCT statement_id) counts statements, and what came as news has its article in stance_events.';
COMMENT ON COLUMN main.seed_echoes.statement_id IS 'The newer statement.';
COMMENT ON COLUMN main.seed_echoes.seed_statement_id IS 'The seed statement.';
COMMENT ON COLUMN main.seed_echoes.nearness IS 'How near the meanings are, from 0 to 1; or the share of word trigrams in common, where one quotes the other.';
COMMENT ON COLUMN main.seed_echoes.stance IS 'Side of the newer statement.';
COMMENT ON COLUMN main.seed_echoes.seed_stance IS 'Side of the seed statement.';
COMMENT ON COLUMN main.seed_echoes.person IS 'Who said the newer one.';
COMMENT ON COLUMN main.seed_echoes.organisation IS 'For whom.';
COMMENT ON COLUMN main.seed_echoes.seed_person IS 'Who said the seed statement.';
COMMENT ON COLUMN main.seed_echoes.seed_organisation IS 'For whom.';
COMMENT ON COLUMN main.seed_echoes.text IS 'The newer words.';
COMMENT ON COLUMN main.seed_echoes.seed_text IS 'The words of the seed.';
COMMENT ON COLUMN main.seed_echoes.relation IS 'agrees (both on one side), opposes (local against central) or unclear (all else), by the two sides.';
COMMENT ON COLUMN main.seed_echoes.published_at IS 'When the newer one was published (UTC).';
COMMENT ON COLUMN main.seed_echoes.publisher IS 'Who published the newer one.';
COMMENT ON COLUMN main.seed_echoes.url IS 'Where the newer one was printed.';
COMMENT ON COLUMN main.seed_echoes.seed_title IS 'Title of the seed document.';
COMMENT ON COLUMN main.seed_echoes.seed_published_at IS 'When the seed document was published (UTC).';
COMMENT ON COLUMN main.seed_echoes.is_copy IS 'Whether the words of the newer one were printed before (statements.is_copy).';
COMMENT ON COLUMN main.seed_echoes.article_id IS 'Article of the statement (articles.article_id; articles.is_history tells whether it came as news).';
COMMENT ON COLUMN main.seed_echoes.said_at IS 'published_at, or when the article was first seen (UTC); never null.';
