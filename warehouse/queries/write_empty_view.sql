-- A view without rows is a file with its columns, so that whoever reads it finds them.
COPY (FROM query_table(getvariable('export').view) LIMIT 0) TO (getvariable('export').place) (FORMAT parquet, RETURN_STATS)
