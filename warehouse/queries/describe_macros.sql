-- The functions that may be called in a FROM clause, with their arguments.
SELECT function_name, parameters, comment
FROM duckdb_functions()
WHERE schema_name = 'main' AND function_type = 'table_macro' AND NOT internal
ORDER BY function_name
