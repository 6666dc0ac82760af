-- The digests that something is held for.
SELECT DISTINCT a.destination, a.timing
FROM store.alerts AS a
JOIN store.events AS e USING (event_id)
WHERE a.status IN ('pending', 'held') AND a.timing <> 'at_once' AND e.kind <> 'repeat'
ORDER BY ALL
