-- For a moment, so that DuckDB lets go of what it keeps of the file.
SET memory_limit = '64MB'
