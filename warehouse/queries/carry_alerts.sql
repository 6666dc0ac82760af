-- Alerts that messages carry now; those that wait say what for.
UPDATE store.alerts AS a SET
    status = CASE WHEN r.room > 0 AND (r.is_flood OR r.turn <= r.room) THEN 'carried' ELSE 'held' END,
    hold_reason = CASE WHEN r.room > 0 AND (r.is_flood OR r.turn <= r.room) THEN '' ELSE 'most_per_hour is reached' END,
    message_id = CASE
        WHEN r.room <= 0 OR (NOT r.is_flood AND r.turn > r.room) THEN NULL
        WHEN r.is_flood THEN r.summary_id
        ELSE r.alert_id
    END
FROM releasable AS r
WHERE a.alert_id = r.alert_id
