-- Months are those of London, as in theme_trends.
COPY (
    SELECT *, coalesce(strftime(timezone('Europe/London', COLUMNS(c -> c = getvariable('export').moment)), '%Y-%m'), 'undated') AS month
    FROM query_table(getvariable('export').view)
    WHERE getvariable('export').since IS NULL
        OR COLUMNS(c -> c = getvariable('export').moment) >= getvariable('export').since
) TO (getvariable('export').place) (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (month), RETURN_STATS)
