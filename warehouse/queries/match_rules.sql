-- Every event for every destination of every rule that it fits, once a destination: out before into review, at once before
-- any digest.
CREATE OR REPLACE TEMP TABLE matched_rules AS
SELECT * FROM weighed_rules
WHERE len(failed) = 0 AND kind <> 'repeat'
QUALIFY row_number() OVER (
    PARTITION BY event_id, destination
    ORDER BY is_for_review, list_position(['at_once', 'hourly', 'daily', 'weekly'], timing), rule) = 1
