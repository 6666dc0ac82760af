-- What has become a trouble with these findings: their absence was none before.
SELECT s.message_id, s.destination, s.sent_at, s.detail
FROM staged_arrivals AS s
LEFT JOIN store.arrivals AS a USING (message_id, destination)
WHERE s.arrived_at IS NULL AND s.checked_at >= s.due_at AND coalesce(a.checked_at < a.due_at, true)
ORDER BY s.sent_at, s.message_id
