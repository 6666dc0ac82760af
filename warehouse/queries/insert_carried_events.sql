INSERT INTO store.events BY NAME
SELECT k.* FROM known.store.events AS k
SEMI JOIN store.alerts AS a USING (event_id)
ANTI JOIN store.events AS e USING (event_id)
