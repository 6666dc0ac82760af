SELECT statement_id, article_id FROM store.statements WHERE article_id IN (SELECT unnest($articles))
