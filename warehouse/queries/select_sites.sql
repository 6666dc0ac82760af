SELECT origin, fetched_at, robots, reserved FROM store.sites
