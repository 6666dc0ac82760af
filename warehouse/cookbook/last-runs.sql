-- What did the last runs do?
-- A count that a run does not name is null, hence coalesce.
-- in: The watch
SELECT
    flow, status, coalesce(counts['articles_new'], 0) AS articles, coalesce(counts['statements'], 0) AS statements,
    coalesce(counts['events_first'], 0) AS first, coalesce(counts['events_shift'], 0) AS shift,
    coalesce(counts['alerts'], 0) AS alerts, detail
FROM runs
ORDER BY started_at DESC
LIMIT 10
