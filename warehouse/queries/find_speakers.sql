-- Where else a person speaks, this article first, then the latest; and how many actors have the name.
SELECT
    s.person, s.role, s.organisation, s.actor_type, s.article_id = $article_id AS is_here,
    count(DISTINCT s.actor_id) OVER () AS namesakes
FROM store.statements AS s
WHERE s.is_current AND lower(s.person) = lower($person) AND s.statement_id <> $statement_id
ORDER BY is_here DESC, coalesce(s.published_at, s.first_seen_at) DESC, s.statement_id
LIMIT 1
