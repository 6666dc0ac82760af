INSERT INTO store.reviews BY NAME
SELECT k.* FROM known.store.reviews AS k
SEMI JOIN store.alerts AS a ON a.alert_id = k.alert_id AND a.status IN ('carried', 'dismissed')
ANTI JOIN store.reviews AS r USING (alert_id, decided_at)
