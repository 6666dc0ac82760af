-- What is measured of a published file: a name, up to two labels, a number. Moments are seconds since 1970.
WITH last_good AS (
    SELECT * FROM store.runs
    WHERE status = 'completed'
    QUALIFY row_number() OVER (PARTITION BY flow ORDER BY started_at DESC) = 1
),
weeks AS (
    SELECT
        CASE WHEN a.first_seen_at > $now - INTERVAL 7 DAY THEN 'last' ELSE 'before' END AS week,
        avg((s.stance = 'none')::INTEGER) AS share
    FROM store.statements AS s
    JOIN store.articles AS a USING (article_id)
    WHERE s.is_current AND a.is_live AND a.first_seen_at > $now - INTERVAL 63 DAY
    GROUP BY week
)
SELECT 'runs' AS name, flow AS label, status AS other, count(*)::DOUBLE AS number FROM store.runs GROUP BY ALL
UNION ALL SELECT 'last_good_run', flow, '', epoch(coalesce(finished_at, started_at)) FROM last_good
UNION ALL SELECT 'run_seconds', flow, '', epoch(finished_at) - epoch(started_at) FROM last_good
UNION ALL SELECT 'run_memory_bytes', flow, 'main', memory_bytes FROM last_good WHERE memory_bytes IS NOT NULL
UNION ALL SELECT 'run_memory_bytes', flow, 'worker', worker_memory_bytes FROM last_good WHERE worker_memory_bytes IS NOT NULL
UNION ALL SELECT 'stage_seconds', flow, unnest(map_keys(stage_seconds)), unnest(map_values(stage_seconds)) FROM last_good
UNION ALL SELECT 'stage_bytes', flow, unnest(map_keys(stage_bytes)), unnest(map_values(stage_bytes))::DOUBLE FROM last_good
UNION ALL SELECT 'articles', kind, '', count(*) FROM store.articles GROUP BY ALL
UNION ALL SELECT 'statements', stance, '', count(*) FROM store.statements WHERE is_current GROUP BY ALL
UNION ALL SELECT 'events', kind, '', count(*) FROM store.events GROUP BY ALL
UNION ALL SELECT 'alerts', status, '', count(*) FROM main.alerts GROUP BY ALL
UNION ALL SELECT 'messages', destination, status, count(*) FROM store.messages GROUP BY ALL
UNION ALL SELECT 'outbox_oldest', '', '', epoch(min(created_at)) FROM store.messages WHERE status IN ('pending', 'sending') HAVING count(*) > 0
UNION ALL SELECT 'feeds', status, '', count(*) FROM main.feed_health GROUP BY ALL
UNION ALL SELECT 'feeds_silent', '', '', count(*) FILTER (starts_with(notice, 'silent')) FROM main.feed_health
UNION ALL SELECT 'none_share', week, '', share FROM weeks
UNION ALL SELECT 'troubles', split_part(trouble, ':', 1), '', count(*) FROM store.troubles WHERE ended_at IS NULL GROUP BY ALL
