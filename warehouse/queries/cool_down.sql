-- Who was told of an actor at once a short while ago, within the rule's cool-down, hears of the next news of the same actor
-- in the daily digest; so does who would get two in one run.
UPDATE matched_rules AS m SET
    timing = 'daily', status = 'held',
    hold_reason = 'cool-down: ' || m.destination || ' heard of this actor a short while ago; daily digest'
WHERE m.status = 'pending' AND m.cool_down_hours > 0
    AND ((m.event_id, m.destination) IN (
        SELECT (event_id, destination) FROM matched_rules
        ANTI JOIN store.alerts USING (event_id, destination)
        QUALIFY row_number() OVER (PARTITION BY destination, actor_id ORDER BY published_at, event_id) > 1
    ) OR EXISTS (
        FROM store.alerts AS t
        JOIN store.events AS e USING (event_id)
        WHERE t.destination = m.destination AND e.actor_id = m.actor_id AND t.event_id <> m.event_id
            AND t.timing = 'at_once' AND e.kind <> 'repeat' AND t.status NOT IN ('review', 'dismissed')
            AND (t.is_wanted OR t.message_id IS NOT NULL)
            AND t.created_at > $now - to_seconds(m.cool_down_hours * 3600)))
