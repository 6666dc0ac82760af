-- Which alerts went to a destination, and what did they say?
-- sent_at is null for what waits.
-- $destination = team-mail
-- in: Alerts
SELECT e.actor_name, e.kind, e.previous_stance, e.stance, a.rule, a.status, e.title, e.publisher
FROM alerts AS a
JOIN stance_events AS e USING (event_id)
WHERE a.destination = $destination
ORDER BY a.status, e.actor_name, e.kind
