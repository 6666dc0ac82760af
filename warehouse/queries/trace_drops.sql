SELECT url, stage, reason, dropped_at
FROM store.drops
WHERE url IN (SELECT unnest($urls::VARCHAR[]))
ORDER BY dropped_at DESC, stage, reason
LIMIT 20
