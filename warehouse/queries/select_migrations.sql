SELECT name FROM store.migrations ORDER BY applied_at, name
