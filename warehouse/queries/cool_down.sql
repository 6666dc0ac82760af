-- Who was told of an actor at once a short while ago, within the rule's cool-down, hears of the next news of the same actor
-- in the daily digest; so does who would get two in one run.
UPDATE matched_rules AS m SET
    timing = 'daily', status = 'held',
    hold_reason = 'cool-down: ' || m.destination || ' heard of this actor a short while ago; daily digest'
FROM (
    SELECT
        n.event_id, n.destination, row_number() OVER (
            PARTITION BY n.destination, n.actor_id, a.alert_id IS NULL ORDER BY n.published_at, n.event_id) AS turn
    FROM matched_rules AS n
    LEFT JOIN store.alerts AS a USING (event_id, destination)
) AS o
WHERE o.event_id = m.event_id AND o.destination = m.destination
    AND m.status = 'pending' AND m.cool_down_hours > 0
    AND (o.turn > 1 OR EXISTS (
        FROM store.alerts AS t
        JOIN store.events AS e USING (event_id)
        WHERE t.destination = m.destination AND e.actor_id = m.actor_id AND t.event_id <> m.event_id
            AND t.timing = 'at_once' AND e.kind <> 'repeat' AND t.status NOT IN ('review', 'dismissed')
            AND (t.is_wanted OR t.message_id IS NOT NULL)
            AND t.created_at > $now - to_seconds(m.cool_down_hours * 3600)))
