-- An event is its statement's actor's, whoever that is found to be.
UPDATE store.events AS e SET actor_id = s.actor_id
FROM waiting_statements AS s
WHERE (s.settled_actor_id <> s.actor_id OR (s.settled_actor_id IS NULL AND s.settled_at IS NOT NULL))
    AND s.statement_id = e.statement_id AND s.actor_id <> e.actor_id
