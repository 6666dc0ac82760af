-- DuckDB takes the keys of a bucket from the environment into its settings too, where any query could read them.
SET s3_access_key_id = '';
SET s3_secret_access_key = '';
SET s3_session_token = '';
