SELECT
    a.created_at, a.status, a.destination, e.kind, coalesce(nullif(e.person, ''), e.organisation) AS who, e.stance,
    e.previous_stance, d.attempt AS attempts, d.detail
FROM main.alerts AS a
JOIN main.stance_events AS e USING (event_id)
LEFT JOIN (
    SELECT alert_id, max(attempt) AS attempt, arg_max(detail, attempt) AS detail FROM main.deliveries GROUP BY alert_id
) AS d USING (alert_id)
ORDER BY a.created_at DESC, who, a.destination
