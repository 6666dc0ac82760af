INSERT INTO store.migrations VALUES ($name, now())
