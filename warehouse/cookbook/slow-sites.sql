-- Which sites are slow or refuse us?
-- By host; outcomes other than ok and not_modified are failures.
-- volatile
-- in: The watch
SELECT
    host, count(*) AS requests, count(*) FILTER (outcome NOT IN ('ok', 'not_modified')) AS failures,
    round(median(seconds), 2) AS median_seconds, round(max(seconds), 2) AS slowest, sum(bytes)::BIGINT AS bytes
FROM fetches
GROUP BY host
ORDER BY failures DESC, median_seconds DESC, host
LIMIT 20
