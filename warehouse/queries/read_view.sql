FROM query_table(getvariable('export').view)
