-- Which alerts went to a destination, and what did they say?
-- The newest 200; sent_at is null for what waits.
-- $destination = team-mail
-- in: Alerts
WITH newest AS (
    SELECT event_id, rule, status, created_at, sent_at
    FROM alerts
    WHERE destination = $destination
    ORDER BY created_at DESC, event_id
    LIMIT 200
)
SELECT e.actor_name, e.kind, e.previous_stance, e.stance, a.rule, a.status, a.sent_at, e.title, e.publisher
FROM newest AS a
JOIN stance_events AS e USING (event_id)
ORDER BY a.created_at DESC, e.actor_name, e.kind
