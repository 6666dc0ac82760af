-- The outbox, in the transaction that records the events. Who was told of an actor at once a short while ago, within the
-- rule's cool-down, hears of the next news of the same actor in the daily digest; so does who would get two in one run.
INSERT INTO store.alerts BY NAME
WITH owed AS (
    SELECT
        m.*, row_number() OVER (PARTITION BY m.destination, m.actor_id ORDER BY m.published_at, m.event_id) AS turn
    FROM matched_rules AS m
    ANTI JOIN store.alerts AS a USING (event_id, destination)
),
told AS (
    SELECT a.destination, e.actor_id, max(a.created_at) AS told_at
    FROM store.alerts AS a
    JOIN store.events AS e USING (event_id)
    WHERE a.timing = 'at_once' AND e.kind <> 'repeat' AND a.status NOT IN ('review', 'dismissed')
      AND a.created_at > $now - to_hours((SELECT coalesce(max(cool_down_hours), 0)::INTEGER + 1 FROM owed))
    GROUP BY a.destination, e.actor_id
),
timed AS (
    SELECT
        o.*, o.timing = 'at_once' AND o.cool_down_hours > 0 AND NOT o.is_for_review
            AND (o.turn > 1 OR coalesce(t.told_at > $now - to_seconds(o.cool_down_hours * 3600), false)) AS is_cooling
    FROM owed AS o
    LEFT JOIN told AS t USING (destination, actor_id)
)
SELECT
    substr(md5(event_id || '|' || destination), 1, 16) AS alert_id, event_id, rule, destination,
    CASE WHEN is_cooling THEN 'daily' ELSE timing END AS timing,
    CASE WHEN is_cooling THEN 'held' ELSE status END AS status,
    CASE
        WHEN is_cooling THEN 'cool-down: ' || destination || ' heard of this actor a short while ago; daily digest'
        ELSE hold_reason
    END AS hold_reason,
    $now AS created_at
FROM timed
