-- The statements of personas that are not said any more, or not as they were.
CREATE OR REPLACE TEMP TABLE lost_statements AS
SELECT * EXCLUDE (themes, stance) FROM told_before WHERE persona_id IS NOT NULL
EXCEPT
SELECT * EXCLUDE (themes, stance) FROM told_after
