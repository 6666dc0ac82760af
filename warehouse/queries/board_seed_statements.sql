-- What the seed documents say, where it has a theme or a side; what took a side most surely, if there is too much.
WITH surest AS (
    SELECT s.*
    FROM store.statements AS s
    WHERE s.kind = 'seed' AND s.is_current AND (s.stance <> 'none' OR len(s.themes) > 0)
    ORDER BY s.stance = 'none', s.confidence DESC, s.statement_id
    LIMIT $seed_statements
)
SELECT
    s.article_id, left(s.title, $characters) AS title, s.publisher, s.published_at, s.url, s.statement_id, s.person,
    s.organisation, s.stance, left(s.text, $characters) AS text, s.themes
FROM surest AS s
ORDER BY s.published_at, s.article_id, s.start_char, s.statement_id
