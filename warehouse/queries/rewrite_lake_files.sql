-- Files of which a tenth or more was deleted are written anew without that.
CALL ducklake_rewrite_data_files(current_database(), delete_threshold => 0.1)
