INSERT INTO store.messages BY NAME
SELECT
    $message_id AS message_id, 'operator' AS kind, $destination AS destination, 'at_once' AS timing,
    'pending' AS status, 0 AS attempts, false AS is_repeat, [] AS recipients, $now AS created_at
WHERE EXISTS (SELECT 1 FROM store.notices WHERE message_id = $message_id)
