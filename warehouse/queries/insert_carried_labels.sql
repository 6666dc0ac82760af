INSERT INTO store.given_statements BY NAME
SELECT k.* FROM known.store.given_statements AS k
SEMI JOIN store.articles AS a USING (article_id)
ANTI JOIN store.given_statements AS g USING (article_id, text_hash)
