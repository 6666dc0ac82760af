-- Flows whose last run that ended did not end well: how often in a row, and why the last time.
WITH ended AS (
    SELECT * FROM store.runs
    WHERE status <> 'running' AND flow <> $good_flow AND flow IN ('monitor', 'digest', 'upkeep', 'backfill')
),
good AS (SELECT flow, max(started_at) AS at FROM ended WHERE status = 'completed' GROUP BY flow)
SELECT
    e.flow, count(*) AS failures, arg_max(e.detail, e.started_at) AS detail, max(g.at) AS good_at
FROM ended AS e
LEFT JOIN good AS g USING (flow)
WHERE e.started_at > coalesce(g.at, e.started_at - INTERVAL 1 SECOND)
GROUP BY e.flow
ORDER BY e.flow
