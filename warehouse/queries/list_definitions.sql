-- The tables of the database that is attached as source, and what makes each of them.
SELECT table_name, sql FROM duckdb_tables()
WHERE database_name = 'source' AND schema_name = 'store' AND NOT temporary AND NOT internal
ORDER BY table_name
