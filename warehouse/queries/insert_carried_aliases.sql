INSERT INTO store.entry_aliases BY NAME
SELECT k.* FROM known.store.entry_aliases AS k
SEMI JOIN store.entries AS e USING (entry_id)
ANTI JOIN store.entry_aliases AS a USING (feed_id, name)
