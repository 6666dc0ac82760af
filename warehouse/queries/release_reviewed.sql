-- What analysts decided becomes of alerts that waited for them: those accepted wait for what their timing says.
UPDATE store.alerts AS a SET
    status = CASE WHEN r.decision <> 'accept' THEN 'dismissed' WHEN a.timing = 'at_once' THEN 'pending' ELSE 'held' END,
    hold_reason = CASE WHEN r.decision = 'accept' AND a.timing <> 'at_once' THEN a.timing || ' digest' ELSE '' END
FROM store.reviews AS r
WHERE r.alert_id = a.alert_id AND a.status = 'review'
