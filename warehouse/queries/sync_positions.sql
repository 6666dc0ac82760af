-- Likewise a position, which may be one that is not worked out anew.
UPDATE store.positions AS p SET actor_id = s.actor_id
FROM waiting_statements AS s
WHERE s.settled_actor_id <> s.actor_id AND s.statement_id = p.statement_id AND s.actor_id <> p.actor_id
