-- What becomes of events that are told otherwise than they were, before they are.
INSERT INTO store.event_changes
SELECT
    e.event_id, $now, e.kind, j.kind, e.stance, j.stance,
    CASE WHEN e.actor_id IN (SELECT actor_id FROM amended_positions) THEN 'correction' ELSE 'actors' END, $run_id
FROM judged_events AS j
JOIN store.events AS e USING (event_id)
WHERE (e.kind, e.stance) <> (j.kind, j.stance)
