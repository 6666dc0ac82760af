SELECT event_id, rule, destination, timing, is_for_review, failed FROM weighed_rules ORDER BY event_id, rule, destination
