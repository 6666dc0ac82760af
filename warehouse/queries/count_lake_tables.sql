SELECT count(*) FROM __ducklake_metadata_lake.ducklake_table WHERE end_snapshot IS NULL
