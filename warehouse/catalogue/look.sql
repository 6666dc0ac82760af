-- What is published and since when, what all files take, and whether somebody holds the lease.
SELECT
    s.published,
    s.published_at,
    (SELECT coalesce(sum(file_size_bytes), 0)::BIGINT FROM ducklake_data_file) AS size_bytes,
    EXISTS (
        SELECT FROM pg_locks AS l
        WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
            AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
            AND l.objid = (hashtext('stancewatch')::BIGINT & 4294967295)::OID
    ) AS is_held
FROM stancewatch AS s
