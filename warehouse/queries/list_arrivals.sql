SELECT v.sent_at, v.destination, v.status, v.arrived_at, v.checked_at, v.detail, m.kind, v.message_id
FROM main.arrivals AS v
LEFT JOIN store.messages AS m USING (message_id)
ORDER BY v.sent_at DESC, v.destination, v.message_id
