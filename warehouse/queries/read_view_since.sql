FROM query_table(getvariable('export').view)
WHERE getvariable('export').since IS NULL
    OR COLUMNS(c -> c = getvariable('export').moment) >= getvariable('export').since
