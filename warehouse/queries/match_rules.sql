-- Every event for every destination of every rule that it fits, once a destination: out before into review, at once before
-- any digest. An alert of it begins with that status, and says what it waits for.
CREATE OR REPLACE TEMP TABLE matched_rules AS
SELECT
    *, CASE WHEN is_for_review THEN 'review' WHEN timing = 'at_once' THEN 'pending' ELSE 'held' END AS status,
    CASE
        WHEN is_for_review THEN 'not sure enough to go out unseen'
        WHEN timing <> 'at_once' THEN timing || ' digest'
        ELSE ''
    END AS hold_reason
FROM weighed_rules
WHERE len(failed) = 0 AND kind <> 'repeat'
QUALIFY row_number() OVER (
    PARTITION BY event_id, destination
    ORDER BY is_for_review, list_position(['at_once', 'hourly', 'daily', 'weekly'], timing), rule) = 1
