SELECT f.url, f.final_url, f.kind, f.started_at, f.outcome, f.reason, f.http_status, f.bytes, f.seconds
FROM store.fetches AS f
JOIN store.runs AS r USING (run_id)
WHERE f.feed_id = $feed_id AND f.kind = 'feed' AND r.started_at = $polled_at
ORDER BY f.started_at
