-- Each rule for each destination against each event of an article: the conditions that it does not meet (see match_rules).
SELECT
    e.event_id, r.rule, r.destination, r.timing, e.confidence < r.review_below AS is_for_review,
    list_filter([
        CASE WHEN NOT list_contains(r.kinds, e.kind) THEN 'kinds' END,
        CASE WHEN e.confidence < r.minimum_confidence THEN 'minimum_confidence' END,
        CASE WHEN len(r.stances) > 0 AND NOT list_contains(r.stances, e.stance) THEN 'stances' END,
        CASE WHEN len(r.actor_types) > 0 AND NOT list_contains(r.actor_types, s.actor_type) THEN 'actor_types' END,
        CASE WHEN len(r.themes) > 0 AND NOT list_has_any(r.themes, coalesce(p.themes, s.themes)) THEN 'themes' END,
        CASE WHEN len(r.actors) > 0 AND NOT list_has_any(list_transform(r.actors, lambda name: lower(name)), [lower(s.person), lower(s.organisation)]) THEN 'actors' END,
        CASE WHEN list_has_any(list_transform(r.ignore_actors, lambda name: lower(name)), [lower(s.person), lower(s.organisation)]) THEN 'ignore_actors' END,
        CASE WHEN len(r.publishers) > 0 AND NOT list_contains(list_transform(r.publishers, lambda name: lower(name)), lower(a.publisher)) THEN 'publishers' END,
        CASE WHEN len(r.keywords) > 0 AND len(list_filter(r.keywords, lambda word:
            regexp_matches(a.title || ' ' || s.text, '(^|\W)' || regexp_escape(word) || '($|\W)', 'i'))) = 0 THEN 'keywords' END
    ], lambda name: name IS NOT NULL) AS failed
FROM store.events AS e
JOIN store.statements AS s USING (statement_id)
JOIN store.articles AS a ON a.article_id = e.article_id
LEFT JOIN store.positions AS p ON p.article_id = e.article_id AND p.actor_id = e.actor_id
CROSS JOIN staged_rules AS r
WHERE e.article_id = $article_id
ORDER BY e.event_id, r.rule, r.destination
