SELECT g.article_id, g.text_hash, g.labels_key, g.themes
FROM store.given_texts AS g
JOIN store.articles AS a ON a.article_id = g.article_id AND a.text_hash = g.text_hash
SEMI JOIN staged_keys AS k ON k.article_id = g.article_id
ORDER BY g.article_id
