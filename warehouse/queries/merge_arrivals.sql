MERGE INTO store.arrivals AS a
USING staged_arrivals AS s ON a.message_id = s.message_id AND a.destination = s.destination
WHEN MATCHED THEN UPDATE SET
    arrived_at = coalesce(a.arrived_at, s.arrived_at), checked_at = s.checked_at, detail = s.detail, due_at = s.due_at
WHEN NOT MATCHED THEN INSERT BY NAME
