UPDATE store.given_texts AS g SET placed_by = s.placed_by
FROM staged_analysed AS s, store.articles AS a
WHERE s.article_id = g.article_id AND s.placed_by <> '' AND a.article_id = g.article_id AND a.text_hash = g.text_hash
