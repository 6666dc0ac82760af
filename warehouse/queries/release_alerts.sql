-- A message an alert, as many as the destination takes in an hour; too many for one run become one list.
INSERT INTO store.messages BY NAME
SELECT
    CASE WHEN is_flood THEN summary_id ELSE alert_id END AS message_id,
    CASE WHEN is_flood THEN 'summary' ELSE 'alert' END AS kind, destination, 'at_once' AS timing, 'pending' AS status,
    0 AS attempts, bool_or(may_be_known) AS is_repeat, [] AS recipients, $now AS created_at
FROM releasable
WHERE room > 0 AND (is_flood OR turn <= room)
GROUP BY ALL
