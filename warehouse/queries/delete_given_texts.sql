-- A line without labels takes those of the same text back: it is the engine's again.
DELETE FROM store.given_texts AS g
USING staged_articles AS s
WHERE s.article_id = g.article_id AND s.text_hash = g.text_hash
  AND NOT EXISTS (FROM staged_given_texts AS t WHERE t.article_id = g.article_id AND t.text_hash = g.text_hash)
