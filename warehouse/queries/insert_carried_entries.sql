INSERT INTO store.entries BY NAME
SELECT k.* FROM known.store.entries AS k
SEMI JOIN store.articles AS a USING (article_id)
ANTI JOIN store.entries AS e USING (entry_id)
