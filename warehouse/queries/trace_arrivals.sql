SELECT message_id, destination, status, arrived_at, checked_at, detail
FROM main.arrivals
WHERE message_id IN (SELECT unnest($message_ids::VARCHAR[]))
