UPDATE store.articles SET detected_at = NULL
WHERE detected_at IS NOT NULL AND article_id IN (
    SELECT article_id FROM store.statements WHERE statement_id IN (SELECT statement_id FROM store.amendments))
