-- Whom the staged corrections may reach: the same words anywhere, and other cuts of them in the same article.
CREATE OR REPLACE TEMP TABLE correction_targets AS
SELECT statement_id FROM store.statements
WHERE words_key IN (SELECT words_key FROM store.statements WHERE statement_id IN (SELECT statement_id FROM staged_corrections))
    OR article_id IN (SELECT article_id FROM store.statements WHERE statement_id IN (SELECT statement_id FROM staged_corrections))
