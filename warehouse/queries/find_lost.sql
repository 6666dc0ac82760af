-- Statements that are not said any more, or not by whom, where and when they were; other labels are no matter here.
CREATE OR REPLACE TEMP TABLE lost_statements AS
SELECT * EXCLUDE (themes, stance) FROM told_before
EXCEPT
SELECT * EXCLUDE (themes, stance) FROM told_after
