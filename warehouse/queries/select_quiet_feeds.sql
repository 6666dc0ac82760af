-- Feeds from which nothing comes any more: silent where they usually are not, or failing since $since.
SELECT feed_id, publisher, notice, failures, last_ok_at
FROM main.feed_health
WHERE starts_with(notice, 'silent')
   OR (failures > 0 AND coalesce(last_ok_at, (SELECT min(started_at) FROM store.runs)) < $since)
ORDER BY feed_id
