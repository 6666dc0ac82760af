-- How far back the pages of the feed itself lead, as far as they were asked lately.
SELECT min(back_to)
FROM store.archive_pages
WHERE feed_id = $feed_id AND role = 'feed' AND state = 'asked' AND asked_at >= $asked_before
