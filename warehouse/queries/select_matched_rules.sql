SELECT
    rule, destination, CASE WHEN is_for_review THEN 'review' ELSE timing END AS timing, kind, person, organisation, stance,
    confidence, publisher, published_at, url, origin
FROM matched_rules
ORDER BY published_at, event_id, destination
