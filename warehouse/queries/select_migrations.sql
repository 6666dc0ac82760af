SELECT name FROM store.migrations ORDER BY name
