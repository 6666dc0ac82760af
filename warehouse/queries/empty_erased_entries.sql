-- What feeds carried of these articles: raw material that is forgotten some day anyway.
UPDATE store.entries SET content = '' WHERE article_id IN (SELECT article_id FROM erased_statements)
