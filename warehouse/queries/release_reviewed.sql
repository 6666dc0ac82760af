-- What analysts decided becomes of alerts that waited for them.
UPDATE store.alerts AS a SET status = CASE r.decision WHEN 'accept' THEN 'pending' ELSE 'dismissed' END
FROM store.reviews AS r
WHERE r.alert_id = a.alert_id AND a.status = 'review'
RETURNING a.alert_id
