SELECT 1 FROM (FROM query_table($name) LIMIT 1) AS t WHERE hash(t) IS NOT NULL
