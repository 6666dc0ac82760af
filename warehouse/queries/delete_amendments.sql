DELETE FROM store.amendments
