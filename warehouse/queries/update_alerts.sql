UPDATE store.alerts SET status = $status, next_attempt_at = $next_attempt_at, recipients = $recipients::VARCHAR[]
WHERE alert_id IN (SELECT unnest($alert_ids::VARCHAR[]))
