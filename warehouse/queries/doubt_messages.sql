-- Nobody knows whether what was waiting when the copy was made has gone out since.
UPDATE store.messages SET is_repeat = true WHERE status = 'pending'
