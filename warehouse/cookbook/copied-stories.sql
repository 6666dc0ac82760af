-- Which stories were carried by several outlets, and who had them first?
-- Copies of one text share a story.
-- in: Outlets and people
SELECT first_publisher, publishers, articles, london_day(first_published_at) AS day, title
FROM stories
WHERE articles > 1
ORDER BY articles DESC, first_published_at, title
