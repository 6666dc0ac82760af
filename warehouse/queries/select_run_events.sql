-- The news of a run, changes of side first.
SELECT
    e.event_id, e.kind, s.person, s.role, s.organisation, e.stance, e.confidence, left(s.text, $characters) AS quote,
    e.new_themes, left(a.title, $characters) AS title, a.url, a.publisher,
    coalesce(a.published_at, a.first_seen_at) AS said_at, e.previous_stance, e.previous_at,
    left(q.text, $characters) AS previous_quote, p.publisher AS previous_publisher, p.url AS previous_url
FROM store.events AS e
JOIN store.articles AS a USING (article_id)
JOIN store.statements AS s USING (statement_id)
LEFT JOIN store.articles AS p ON p.article_id = e.previous_article_id
LEFT JOIN store.statements AS q ON q.statement_id = e.previous_statement_id
WHERE e.run_id = $run_id AND e.kind <> 'repeat'
ORDER BY e.kind <> 'shift', e.kind <> 'first', said_at, e.event_id
LIMIT $most
