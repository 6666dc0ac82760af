-- Labels that came with carried articles.
INSERT INTO store.given_texts BY NAME
SELECT k.* REPLACE ('' AS placed_by) FROM known.store.given_texts AS k
SEMI JOIN store.articles AS a USING (article_id)
ANTI JOIN store.given_texts AS g USING (article_id, text_hash)
