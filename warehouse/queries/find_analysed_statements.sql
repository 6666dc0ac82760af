-- The statements just derived that a correction may reach.
CREATE OR REPLACE TEMP TABLE correction_targets AS
SELECT DISTINCT statement_id FROM staged_statements
WHERE words_key IN (SELECT words_key FROM store.corrections)
    OR article_id IN (SELECT article_id FROM store.corrections)
