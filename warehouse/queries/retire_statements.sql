-- What was settled stays, for the events made of it and for words that are quoted again.
UPDATE store.statements SET is_current = false
WHERE is_current AND article_id IN (SELECT article_id FROM staged_analysed)
