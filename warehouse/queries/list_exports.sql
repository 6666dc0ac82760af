-- The documented views, and by which of its moments each is parted into months: those that tell what happened. Views of
-- how things stand (feeds, actors, trends) have none.
SELECT v.view_name AS name, list_filter(
    ['published_at', 'detected_at', 'created_at', 'attempted_at', 'started_at', 'changed_at', 'corrected_at', 'decided_at',
        'asked_at', 'dropped_at', 'sent_at', 'fetched_at', 'first_published_at'],
    lambda moment: list_contains(list(c.column_name), moment) AND v.view_name NOT IN ('actors', 'feed_health')
        AND NOT list_contains(list(c.column_name), 'month'))[1] AS moment
FROM duckdb_views() AS v
JOIN duckdb_columns() AS c ON c.schema_name = v.schema_name AND c.table_name = v.view_name
WHERE v.schema_name = 'main' AND NOT v.internal
GROUP BY v.view_name
ORDER BY v.view_name
