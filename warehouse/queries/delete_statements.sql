-- What is derived again before it was ever settled leaves no trace.
DELETE FROM store.statements
WHERE settled_at IS NULL AND article_id IN (SELECT article_id FROM staged_analysed)
