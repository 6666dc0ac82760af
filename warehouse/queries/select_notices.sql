SELECT trouble, change, words, advice, began_at, ended_at
FROM store.notices
WHERE message_id = $message_id
ORDER BY change = 'ends', change, began_at, trouble
