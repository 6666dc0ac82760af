-- The statements just derived that a correction may reach.
CREATE OR REPLACE TEMP TABLE correction_targets AS
SELECT s.statement_id FROM store.statements AS s
SEMI JOIN staged_analysed AS a USING (article_id)
WHERE s.is_current AND (s.words_key IN (SELECT words_key FROM store.corrections)
    OR s.article_id IN (SELECT article_id FROM store.corrections))
