-- What may go out at once now, destination by destination in order of age. A destination that is no longer configured has
-- no gate: its alerts go on to fail, visibly. After a restore that could not learn what had been sent, news older than it
-- may be known.
CREATE OR REPLACE TEMP TABLE releasable AS
SELECT
    a.alert_id, a.destination, coalesce(g.room, $most) AS room,
    row_number() OVER (PARTITION BY a.destination ORDER BY a.created_at, e.kind, a.alert_id) AS turn,
    count(*) OVER (PARTITION BY a.destination) > $most AS is_flood,
    coalesce(coalesce(p.published_at, r.restored_at) <= r.restored_at, false) AS may_be_known,
    substr(md5('summary|' || a.destination || '|' || $run_id), 1, 16) AS summary_id
FROM store.alerts AS a
JOIN store.events AS e USING (event_id)
LEFT JOIN store.articles AS p USING (article_id)
LEFT JOIN staged_gates AS g USING (destination)
CROSS JOIN (
    SELECT max(started_at) AS restored_at FROM store.runs WHERE flow = 'restore' AND counts['record_unknown'] = 1
) AS r
WHERE a.status IN ('pending', 'held') AND a.timing = 'at_once' AND a.is_wanted
  AND coalesce(g.hold_reason, '') = '' AND NOT list_contains($muted_rules::VARCHAR[], a.rule)
