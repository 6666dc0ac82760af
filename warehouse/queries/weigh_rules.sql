-- Each candidate against each rule for each of its destinations: the conditions that it fails.
CREATE OR REPLACE TEMP TABLE weighed_rules AS
WITH named AS (
    SELECT
        * REPLACE (
            list_transform(actors, lambda name: lower(name)) AS actors,
            list_transform(ignore_actors, lambda name: lower(name)) AS ignore_actors,
            list_transform(publishers, lambda name: lower(name)) AS publishers,
            list_transform(keywords, lambda word: '(^|\W)' || regexp_escape(word) || '($|\W)') AS keywords)
    FROM staged_rules
),
told AS (
    SELECT
        e.*, s.person, s.organisation, s.actor_type, coalesce(p.themes, s.themes) AS themes, a.publisher, a.url,
        coalesce(a.published_at, a.first_seen_at) AS published_at, [lower(s.person), lower(s.organisation)] AS names,
        a.title || ' ' || s.text AS words
    FROM candidate_events AS e
    JOIN store.statements AS s USING (statement_id)
    JOIN store.articles AS a ON a.article_id = e.article_id
    LEFT JOIN store.positions AS p ON p.article_id = e.article_id AND p.actor_id = e.actor_id
)
SELECT
    t.* EXCLUDE (names, words), r.rule, r.destination, r.timing, r.cool_down_hours,
    t.confidence < r.review_below AS is_for_review,
    list_filter([
        CASE WHEN NOT list_contains(r.kinds, t.kind) THEN 'kinds' END,
        CASE WHEN t.confidence < r.minimum_confidence THEN 'minimum_confidence' END,
        CASE WHEN len(r.stances) > 0 AND NOT list_contains(r.stances, t.stance) THEN 'stances' END,
        CASE WHEN len(r.actor_types) > 0 AND NOT list_contains(r.actor_types, t.actor_type) THEN 'actor_types' END,
        CASE WHEN len(r.themes) > 0 AND NOT list_has_any(r.themes, t.themes) THEN 'themes' END,
        CASE WHEN len(r.actors) > 0 AND NOT list_has_any(r.actors, t.names) THEN 'actors' END,
        CASE WHEN list_has_any(r.ignore_actors, t.names) THEN 'ignore_actors' END,
        CASE WHEN len(r.publishers) > 0 AND NOT list_contains(r.publishers, lower(t.publisher)) THEN 'publishers' END,
        CASE WHEN len(r.keywords) > 0
            AND len(list_filter(r.keywords, lambda word: regexp_matches(t.words, word, 'i'))) = 0 THEN 'keywords' END
    ], lambda name: name IS NOT NULL) AS failed
FROM told AS t
CROSS JOIN named AS r
