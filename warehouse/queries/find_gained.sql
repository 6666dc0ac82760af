-- And those that are new, or not as they were.
CREATE OR REPLACE TEMP TABLE gained_statements AS
SELECT * EXCLUDE (themes, stance) FROM told_after WHERE persona_id IS NOT NULL
EXCEPT
SELECT * EXCLUDE (themes, stance) FROM told_before
