MERGE INTO store.digests AS d
USING (SELECT $digest_id AS digest_id) AS n ON d.digest_id = n.digest_id
WHEN NOT MATCHED THEN INSERT VALUES ($digest_id, $destination, $window_start, $window_end, $now)
