-- Which pages were edited after we read them, and what went or came?
-- One row an edit since a day; texts in full stand in revisions.
-- $since = 2026-01-01
-- in: Outlets and people
SELECT publisher, title, revision, london_day(fetched_at) AS seen, removed, added, url
FROM revisions
WHERE revision > 1 AND fetched_at >= CAST($since AS TIMESTAMPTZ)
ORDER BY fetched_at DESC, url
