-- Statements that echo the seeds: the nearest ones of the newest that took a side or touch a theme.
WITH newest AS (
    SELECT s.statement_id, a.publisher, a.published_at, coalesce(a.published_at, a.first_seen_at) AS said_at, a.url
    FROM store.statements AS s
    JOIN store.articles AS a USING (article_id)
    WHERE a.kind <> 'seed' AND s.is_current AND coalesce(a.published_at, a.first_seen_at) >= $since
),
nearest AS (
    SELECT e.*, n.publisher, n.said_at, n.url
    FROM main.seed_echoes AS e
    JOIN newest AS n USING (statement_id)
    ORDER BY e.nearness DESC, n.said_at DESC, e.statement_id, e.seed_statement_id
    LIMIT $echoes
)
SELECT
    seed_statement_id, nearness,
    CASE
        WHEN stance = seed_stance AND stance <> 'none' THEN 'agrees'
        WHEN list_sort([stance, seed_stance]) = ['central', 'local'] THEN 'opposes'
        ELSE 'unclear'
    END AS relation,
    person, organisation, stance, left(text, $characters) AS text, publisher, said_at, url, statement_id
FROM nearest
ORDER BY nearness DESC, said_at DESC, statement_id, seed_statement_id
