-- The text that a feed carried is only there for a page that cannot be had: once the entry is read the article has it.
UPDATE store.entries SET content = ''
WHERE content <> '' AND state = 'read' AND last_seen_at < $before
