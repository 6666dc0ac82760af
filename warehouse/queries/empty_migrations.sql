DELETE FROM store.migrations
