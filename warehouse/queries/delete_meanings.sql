-- Of articles that are analysed anew.
DELETE FROM store.meanings
WHERE statement_id IN (SELECT statement_id FROM store.statements SEMI JOIN staged_analysed USING (article_id))
