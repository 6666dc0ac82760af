SELECT g.*
FROM store.given_statements AS g
JOIN store.articles AS a ON a.article_id = g.article_id AND a.text_hash = g.text_hash
SEMI JOIN staged_keys AS k ON k.article_id = g.article_id
ORDER BY g.article_id, g.start_char, g.end_char
