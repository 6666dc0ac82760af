UPDATE store.alerts SET
    is_repeat = is_repeat OR status IN ('sending', 'unknown'), status = 'sending', attempts = attempts + 1
WHERE alert_id IN (SELECT unnest($alert_ids::VARCHAR[]))
