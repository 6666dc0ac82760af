SELECT
    v.alert_id, v.event_id, v.rule, v.destination, v.timing, v.status, '' AS hold_reason,
    coalesce((
        SELECT min(d.digest_id) FROM store.digests AS d
        WHERE v.timing = 'digest' AND d.destination = v.destination
          AND v.created_at >= d.window_start AND v.created_at < d.window_end
    ), v.alert_id) AS message_id,
    v.created_at, a.next_attempt_at
FROM main.alerts AS v
JOIN store.alerts AS a USING (alert_id)
JOIN store.events AS e ON e.event_id = v.event_id
WHERE e.article_id = $article_id
ORDER BY v.created_at, v.destination
