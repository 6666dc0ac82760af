-- Who, where and in which words lies beside the event (see tallies.py). Outlets are looked up where words were copied at all.
CREATE OR REPLACE VIEW main.stance_events AS
WITH copies AS (SELECT original_id, article_id FROM store.statements WHERE original_id <> statement_id),
prints AS (
    FROM copies
    UNION ALL
    SELECT statement_id, article_id FROM store.statements
    WHERE statement_id IN (SELECT original_id FROM copies) AND original_id = statement_id
),
outlets AS (
    SELECT p.original_id, list_sort(list_distinct(list(a.publisher))) AS sources
    FROM prints AS p
    JOIN store.articles AS a USING (article_id)
    GROUP BY p.original_id
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
    e.event_id, e.kind, CASE WHEN e.shown.person <> '' THEN coalesce(n.person, e.shown.person) ELSE '' END AS person,
    e.shown.organisation AS organisation, e.shown.actor_type AS actor_type, e.stance, e.previous_stance,
    e.previous_at AS previous_published_at, e.shown.previous_url AS previous_url, e.new_themes, e.article_id,
    e.shown.url AS url, e.shown.publisher AS publisher, coalesce(o.sources, [e.shown.publisher]) AS sources,
    e.shown.published_at AS published_at, e.detected_at, e.statement_id, e.shown.quote AS quote, e.confidence,
    e.previous_statement_id, e.shown.previous_quote AS previous_quote,
    e.shown.previous_publisher AS previous_publisher, e.shown.role AS role, e.model_version
FROM store.events AS e
LEFT JOIN outlets AS o ON o.original_id = e.shown.original_id
LEFT JOIN named AS n ON n.actor_id = e.actor_id;

COMMENT ON VIEW main.stance_events IS 'The ledger: an identified actor took a side in an article, and what is new about it.';
COMMENT ON COLUMN main.stance_events.event_id IS 'Deterministic id: hash of the statement that carries it.';
COMMENT ON COLUMN main.stance_events.kind IS 'first, shift, theme or repeat (see the codebook).';
COMMENT ON COLUMN main.stance_events.person IS 'Who took the side, by the fullest name in print; empty where the organisation itself did.';
COMMENT ON COLUMN main.stance_events.organisation IS 'Organisation spoken for.';
COMMENT ON COLUMN main.stance_events.actor_type IS 'Kind of actor.';
COMMENT ON COLUMN main.stance_events.stance IS 'The side taken: local, central or balanced.';
COMMENT ON COLUMN main.stance_events.previous_stance IS 'The latest earlier side of that actor; null if none.';
COMMENT ON COLUMN main.stance_events.previous_published_at IS 'When the earlier side was printed (UTC).';
COMMENT ON COLUMN main.stance_events.previous_url IS 'Where the earlier side was printed.';
COMMENT ON COLUMN main.stance_events.new_themes IS 'Themes this actor never took a side on before.';
COMMENT ON COLUMN main.stance_events.article_id IS 'Article that carries it.';
COMMENT ON COLUMN main.stance_events.url IS 'Address of that article.';
COMMENT ON COLUMN main.stance_events.publisher IS 'Outlet of that article.';
COMMENT ON COLUMN main.stance_events.sources IS 'All outlets that carried these words.';
COMMENT ON COLUMN main.stance_events.published_at IS 'Publication time of that article (UTC).';
COMMENT ON COLUMN main.stance_events.detected_at IS 'When Stancewatch detected it (UTC).';
COMMENT ON COLUMN main.stance_events.statement_id IS 'The statement that carries the side most surely.';
COMMENT ON COLUMN main.stance_events.quote IS 'Its words, exactly as printed.';
COMMENT ON COLUMN main.stance_events.confidence IS 'Probability of the side, from 0 to 1.';
COMMENT ON COLUMN main.stance_events.previous_statement_id IS 'The statement that carried the earlier side; null if none.';
COMMENT ON COLUMN main.stance_events.previous_quote IS 'Its words, exactly as printed.';
COMMENT ON COLUMN main.stance_events.previous_publisher IS 'Outlet that printed it.';
COMMENT ON COLUMN main.stance_events.role IS 'Role of the speaker as printed.';
COMMENT ON COLUMN main.stance_events.model_version IS 'Version of the engine when the event was detected.';
