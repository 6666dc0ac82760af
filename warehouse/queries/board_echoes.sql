-- Statements that echo the seeds, the nearest first, the newest of equals.
SELECT
    e.seed_statement_id, e.nearness, e.relation, e.person, e.organisation, e.stance,
    left(e.text, $characters) AS text, s.publisher, coalesce(s.published_at, s.first_seen_at) AS said_at, s.url,
    e.statement_id, coalesce(s.original_id, s.statement_id) AS original_id
FROM main.seed_echoes AS e
JOIN store.statements AS s USING (statement_id)
WHERE coalesce(s.published_at, s.first_seen_at) >= $since
ORDER BY e.nearness DESC, said_at DESC, e.statement_id, e.seed_statement_id
LIMIT $echoes
