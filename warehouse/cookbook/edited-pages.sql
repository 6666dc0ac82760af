-- Which pages were edited lately after we read them, and what went or came?
-- One row an edit of the last ninety days of news; texts in full stand in revisions.
-- $days = 90
-- in: Outlets and people
SELECT publisher, title, revision, london_day(fetched_at) AS seen, removed, added, url
FROM revisions
WHERE revision > 1 AND fetched_at > (SELECT max(fetched_at) FROM articles) - to_days(CAST($days AS INTEGER))
ORDER BY fetched_at DESC, url
