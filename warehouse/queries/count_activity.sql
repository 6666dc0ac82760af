-- What happened from one moment to another, for the sign of life.
SELECT
    (SELECT count(*) FROM store.articles WHERE first_seen_at >= $starts_at AND first_seen_at < $ends_at) AS articles,
    (SELECT count(*) FROM store.statements
        WHERE is_current AND first_seen_at >= $starts_at AND first_seen_at < $ends_at) AS statements,
    (SELECT count(*) FROM store.events
        WHERE kind <> 'repeat' AND detected_at >= $starts_at AND detected_at < $ends_at) AS events,
    (SELECT count(*) FROM store.feeds WHERE is_configured) AS feeds,
    (SELECT count(*) FROM store.runs
        WHERE status IN ('failed', 'dead') AND flow IN ('monitor', 'digest', 'upkeep', 'backfill', 'import')
          AND started_at >= $starts_at AND started_at < $ends_at) AS failed_runs,
    (SELECT max(finished_at) FROM store.runs WHERE flow = 'monitor' AND status = 'completed') AS last_run_at
