INSERT INTO store.personas BY NAME
SELECT k.* FROM known.store.personas AS k
SEMI JOIN store.statements AS s USING (persona_id)
ANTI JOIN store.personas AS p USING (persona_id)
