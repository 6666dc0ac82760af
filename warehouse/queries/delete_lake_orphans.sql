-- What transactions wrote that were never committed.
CALL ducklake_delete_orphaned_files(current_database(), older_than => $before)
