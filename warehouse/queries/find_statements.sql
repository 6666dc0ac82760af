-- The statements whose id begins so, current ones first: as they stand, and what an analyst already said.
SELECT
    s.statement_id, s.article_id, a.url, a.title, a.text AS article, CAST(a.published_at AS DATE) AS published_on, s.text,
    s.start_char, s.is_current, s.person, s.role, s.organisation, s.actor_type, s.stance, s.confidence, s.themes,
    s.corrected, p.persona_id, p.actor_id
FROM store.statements AS s
JOIN store.articles AS a USING (article_id)
LEFT JOIN store.personas AS p USING (persona_id)
WHERE starts_with(s.statement_id, lower($key))
ORDER BY s.statement_id
LIMIT 6
