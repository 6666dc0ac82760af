-- What was decided of these words before does not count.
UPDATE store.statements SET original_id = NULL
WHERE settled_at IS NOT NULL AND rowid IN (SELECT row_id FROM unplaced_statements)
