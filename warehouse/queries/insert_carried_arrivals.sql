INSERT INTO store.arrivals BY NAME
SELECT k.* FROM known.store.arrivals AS k
SEMI JOIN store.messages AS m USING (message_id)
ANTI JOIN store.arrivals AS a USING (message_id, destination)
