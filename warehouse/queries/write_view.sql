COPY (FROM query_table(getvariable('export').view)) TO (getvariable('export').place) (FORMAT parquet, COMPRESSION zstd, RETURN_STATS)
