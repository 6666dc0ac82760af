-- Which pages were edited after we read them, and what went or came?
-- One row an edit; texts in full stand in revisions.
-- in: Outlets and people
SELECT publisher, title, revision, london_day(fetched_at) AS seen, removed, added, url
FROM revisions
WHERE revision > 1
ORDER BY fetched_at DESC, url
