-- What was not read or not analysed, and why?
-- One row a stage and reason; stancewatch trace ADDRESS tells the story of one.
-- in: The watch
SELECT stage, reason, count(*) AS items, max(dropped_at) AS latest, min(url) AS example
FROM drops
GROUP BY stage, reason
ORDER BY items DESC, stage, reason
