-- When what the board shows last changed: by the latest news, or by a command that tells the history otherwise. Null where
-- there never was either.
SELECT greatest(
    (SELECT max(detected_at) FROM store.events WHERE kind <> 'repeat'),
    (
        SELECT max(coalesce(finished_at, heartbeat_at)) FROM store.runs
        WHERE flow IN ('actors', 'backfill', 'correct', 'import', 'relabel', 'seeds')
    )
)
