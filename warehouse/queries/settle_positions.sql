UPDATE store.positions SET is_fresh = false WHERE is_fresh
