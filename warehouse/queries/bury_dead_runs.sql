-- Whoever holds the file is alone: a run that still says it is running was killed.
UPDATE store.runs SET status = 'dead', finished_at = $now, detail = 'killed before it could end; the next run went on'
WHERE status = 'running'
