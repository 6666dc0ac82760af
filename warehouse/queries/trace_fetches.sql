SELECT url, final_url, kind, started_at, outcome, reason, http_status, bytes, seconds
FROM store.fetches
WHERE url IN (SELECT unnest($urls::VARCHAR[]))
ORDER BY started_at DESC
LIMIT 20
