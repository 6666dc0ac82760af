-- What the configuration does not have any more is kept, and not asked for.
UPDATE store.feeds SET is_configured = false
WHERE is_configured AND feed_id NOT IN (SELECT feed_id FROM staged_feeds)
