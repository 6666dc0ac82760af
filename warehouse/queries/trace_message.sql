SELECT digest_id AS message_id, 'digest' AS kind, destination, window_start, window_end, created_at
FROM store.digests
WHERE digest_id = $message_id
