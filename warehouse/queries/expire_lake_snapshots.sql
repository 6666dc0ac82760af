-- Whoever began to read before then can read no more. The latest always stays.
CALL ducklake_expire_snapshots(current_database(), older_than => $before)
