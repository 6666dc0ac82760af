INSERT INTO store.reviews
SELECT alert_id, event_id, $decision, $decided_by, $decided_at, $note
FROM store.alerts
WHERE status = 'review' AND event_id IN (SELECT unnest(CAST($event_ids AS VARCHAR[])))
