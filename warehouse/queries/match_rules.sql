-- Every event for every destination of every rule that it fits, once a destination: at once before any digest, out before
-- into review. A run asks for its own events, a preview for those since a day.
CREATE OR REPLACE TEMP TABLE matched_rules AS
SELECT
    e.event_id, e.run_id, e.detected_at, e.actor_id, r.rule, r.destination, r.timing, r.cool_down_hours,
    e.confidence < r.review_below AS is_for_review, e.kind, s.person, s.organisation, e.stance, e.confidence,
    a.publisher, coalesce(a.published_at, a.first_seen_at) AS published_at, a.url
FROM store.events AS e
JOIN store.statements AS s USING (statement_id)
JOIN store.articles AS a ON a.article_id = e.article_id
LEFT JOIN store.positions AS p ON p.article_id = e.article_id AND p.actor_id = e.actor_id
JOIN staged_rules AS r ON
    list_contains(r.kinds, e.kind) AND e.confidence >= r.minimum_confidence
    AND (len(r.stances) = 0 OR list_contains(r.stances, e.stance))
    AND (len(r.actor_types) = 0 OR list_contains(r.actor_types, s.actor_type))
    AND (len(r.themes) = 0 OR list_has_any(r.themes, coalesce(p.themes, s.themes)))
    AND (len(r.actors) = 0 OR list_has_any(list_transform(r.actors, lambda name: lower(name)), [lower(s.person), lower(s.organisation)]))
    AND NOT list_has_any(list_transform(r.ignore_actors, lambda name: lower(name)), [lower(s.person), lower(s.organisation)])
    AND (len(r.publishers) = 0 OR list_contains(list_transform(r.publishers, lambda name: lower(name)), lower(a.publisher)))
    AND (len(r.keywords) = 0 OR len(list_filter(r.keywords, lambda word:
        regexp_matches(a.title || ' ' || s.text, '(^|\W)' || regexp_escape(word) || '($|\W)', 'i'))) > 0)
WHERE e.detected_at >= $since AND e.kind <> 'repeat'
QUALIFY row_number() OVER (
    PARTITION BY e.event_id, r.destination ORDER BY
        e.confidence < r.review_below, list_position(['at_once', 'hourly', 'daily', 'weekly'], r.timing), r.rule) = 1
