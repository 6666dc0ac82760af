"""What is known, in DuckDB: tables in store, documented views in main."""
