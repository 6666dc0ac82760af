SELECT
    e.event_id, e.statement_id, coalesce(nullif(e.person, ''), e.organisation) AS who, e.kind, e.stance,
    e.previous_stance, e.confidence, e.quote, e.url, list_sort(list(a.destination)) AS destinations,
    'stancewatch correct ' || e.statement_id || ' --stance ' || e.stance AS command
FROM main.alerts AS a
JOIN main.stance_events AS e USING (event_id)
WHERE a.status = 'review'
GROUP BY ALL
ORDER BY min(a.created_at), min(e.published_at), who, e.event_id
