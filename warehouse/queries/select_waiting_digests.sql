-- The digests that something is held for.
SELECT DISTINCT a.destination, a.timing
FROM store.alerts AS a
WHERE a.status IN ('pending', 'held') AND a.timing <> 'at_once' AND a.is_wanted
ORDER BY ALL
