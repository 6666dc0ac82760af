-- An alert that waits for an analyst is accepted by one who says that its side is right.
INSERT INTO store.reviews
SELECT a.alert_id, a.event_id, 'accept', c.corrected_by, c.corrected_at, c.note
FROM store.alerts AS a
JOIN store.events AS e USING (event_id)
JOIN corrected_labels AS l ON l.statement_id = e.statement_id AND l.said_stance = e.stance
CROSS JOIN staged_corrections AS c
WHERE a.status = 'review' AND c.stance = e.stance
