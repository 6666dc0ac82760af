-- Words whose prints are to be counted anew: those that were just placed, and those they were taken for before.
CREATE OR REPLACE TEMP TABLE reprinted AS
SELECT original_id FROM store.reprints WHERE statement_id IN (SELECT statement_id FROM unplaced_statements)
UNION
SELECT original_id FROM originals WHERE original_id <> statement_id
UNION
SELECT statement_id FROM unplaced_statements
