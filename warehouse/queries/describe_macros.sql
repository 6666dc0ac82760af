-- The functions, with their arguments, and whether they stand in a FROM clause; the others give a value.
SELECT function_name, parameters, comment, function_type = 'table_macro' AS is_table
FROM duckdb_functions()
WHERE schema_name = 'main' AND function_type IN ('table_macro', 'macro') AND NOT internal
ORDER BY is_table DESC, function_name
