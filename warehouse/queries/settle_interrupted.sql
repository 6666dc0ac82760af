-- Sent twice and interrupted twice: it is not tried a third time.
UPDATE store.alerts SET status = 'unknown' WHERE status = 'sending' AND is_repeat
