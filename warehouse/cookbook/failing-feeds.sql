-- Which feeds fail, fell silent or moved?
-- Empty is good; stancewatch feeds check finds the new address of a dead one.
-- in: The watch
SELECT feed_id, publisher, status, failures, notice, last_ok_at, next_fetch_at, url
FROM feed_health
WHERE notice <> ''
ORDER BY failures DESC, feed_id
