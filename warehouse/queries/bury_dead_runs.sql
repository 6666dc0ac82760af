-- Whoever holds the file is alone: a run that still says it is running was killed, or shut out while it hung.
UPDATE store.runs SET status = 'dead', finished_at = $now, detail = $detail
WHERE status = 'running'
