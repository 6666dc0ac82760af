UPDATE store.troubles AS t SET ended_at = $now
WHERE t.ended_at IS NULL AND t.trouble NOT IN (SELECT trouble FROM staged_troubles)
