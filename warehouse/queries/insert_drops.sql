-- A file that is imported again is refused the same lines for the same reasons: that is one drop.
INSERT INTO store.drops BY NAME
SELECT url, stage, reason, $now AS dropped_at
FROM staged_drops AS s
WHERE stage <> 'import'
   OR NOT EXISTS (
       FROM store.drops AS d WHERE d.stage = 'import' AND d.url = s.url AND d.reason = s.reason)
