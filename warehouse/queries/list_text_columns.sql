-- Wherever a text is stored, in a table of the store; those of the program's own words left out.
SELECT schema_name || '.' || table_name AS table_name, column_name, data_type
FROM duckdb_columns()
WHERE database_name = current_database() AND schema_name = 'store' AND NOT internal
    AND contains(data_type, 'VARCHAR') AND NOT starts_with(data_type, 'MAP') AND table_name <> 'migrations'
    AND (schema_name || '.' || table_name) IN (FROM (SELECT schema_name || '.' || table_name FROM duckdb_tables()))
ORDER BY table_name, column_index
