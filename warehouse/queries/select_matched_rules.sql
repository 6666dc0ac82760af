SELECT rule, destination, timing, kind, person, organisation, stance, confidence, publisher, published_at, url
FROM matched_rules
ORDER BY detected_at, published_at, event_id, destination
