-- Every transaction writes files of its own: small ones become large ones.
CALL ducklake_merge_adjacent_files(current_database())
