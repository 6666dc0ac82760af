UPDATE store.troubles AS t SET
    told_at = CASE WHEN t.ended_at IS NULL THEN $now ELSE t.told_at END, is_end_told = t.ended_at IS NOT NULL
FROM store.notices AS n
WHERE n.message_id = $message_id AND n.trouble = t.trouble AND n.began_at = t.began_at
