-- Statements that echo the seeds, the nearest first, the newest of equals.
WITH nearest AS (
    SELECT
        e.seed_statement_id, e.nearness, e.person, e.organisation, e.stance, e.seed_stance, e.text, a.publisher,
        coalesce(a.published_at, a.first_seen_at) AS said_at, a.url, e.statement_id
    FROM main.seed_echoes AS e
    JOIN store.statements AS s USING (statement_id)
    JOIN store.articles AS a USING (article_id)
    WHERE coalesce(a.published_at, a.first_seen_at) >= $since
    ORDER BY e.nearness DESC, said_at DESC, e.statement_id, e.seed_statement_id
    LIMIT $echoes
)
SELECT
    seed_statement_id, nearness,
    CASE
        WHEN stance = seed_stance AND stance <> 'none' THEN 'agrees'
        WHEN (stance, seed_stance) IN (('local', 'central'), ('central', 'local')) THEN 'opposes'
        ELSE 'unclear'
    END AS relation,
    person, organisation, stance, left(text, $characters) AS text, publisher, said_at, url, statement_id
FROM nearest
ORDER BY nearness DESC, said_at DESC, statement_id, seed_statement_id
