MERGE INTO store.sites AS k
USING staged_sites AS s ON k.origin = s.origin
WHEN MATCHED THEN UPDATE SET fetched_at = s.fetched_at, robots = s.robots, reserved = s.reserved
WHEN NOT MATCHED THEN INSERT (origin, fetched_at, robots, reserved) VALUES (s.origin, s.fetched_at, s.robots, s.reserved)
