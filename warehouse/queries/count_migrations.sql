-- Whether there is anything at all; asked of the catalogue itself, since to list all that DuckDB knows takes a second.
SELECT count(*) FROM __ducklake_metadata_lake.ducklake_table WHERE table_name = 'migrations' AND end_snapshot IS NULL
