-- Every event for every destination of every rule that it fits, once a destination. A run asks for its own events,
-- a preview for those since a day.
CREATE OR REPLACE TEMP TABLE matched_rules AS
SELECT
    e.event_id, e.run_id, e.detected_at, r.rule, r.destination, r.timing, e.kind, s.person, s.organisation, e.stance,
    e.confidence, a.publisher, a.published_at, a.url
FROM store.events AS e
JOIN store.statements AS s USING (statement_id)
JOIN store.articles AS a ON a.article_id = e.article_id
LEFT JOIN store.positions AS p ON p.article_id = e.article_id AND p.actor_id = e.actor_id
JOIN staged_rules AS r ON
    list_contains(r.kinds, e.kind) AND e.confidence >= r.minimum_confidence
    AND (len(r.stances) = 0 OR list_contains(r.stances, e.stance))
    AND (len(r.actor_types) = 0 OR list_contains(r.actor_types, s.actor_type))
    AND (len(r.themes) = 0 OR list_has_any(r.themes, coalesce(p.themes, s.themes)))
    AND (len(r.actors) = 0 OR list_contains(r.actors, s.person) OR list_contains(r.actors, s.organisation))
    AND NOT list_contains(r.ignore_actors, s.person) AND NOT list_contains(r.ignore_actors, s.organisation)
    AND (len(r.publishers) = 0 OR list_contains(r.publishers, a.publisher))
WHERE e.detected_at >= $since AND e.kind <> 'repeat'
QUALIFY row_number() OVER (PARTITION BY e.event_id, r.destination ORDER BY r.timing, r.rule) = 1
