-- What is published and since when, what all files take, whether somebody holds the lease, and who had it last: his number,
-- and his name unless he let go of it.
SELECT
    s.published,
    s.published_at,
    (SELECT coalesce(sum(file_size_bytes), 0)::BIGINT FROM ducklake_data_file) AS size_bytes,
    EXISTS (
        SELECT FROM pg_locks AS l
        WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
            AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
            AND l.objid = (hashtext('stancewatch')::BIGINT & 4294967295)::OID
    ) AS is_held,
    s.token,
    s.holder
FROM stancewatch AS s
