DELETE FROM store.given_statements AS g
USING staged_articles AS s
WHERE s.article_id = g.article_id AND s.text_hash = g.text_hash
