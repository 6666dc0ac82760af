-- Which actors who took a side have gone silent?
-- Not quoted at all in the last days of news.
-- $days = 14
-- in: What is new
SELECT
    actor_name, organisation, stance, london_day(last_published_at) AS last_quoted,
    date_diff('day', london_day(last_published_at), (SELECT london_day(max(published_at)) FROM articles)) AS days_silent, statements
FROM actor_positions
WHERE last_published_at < (SELECT max(published_at) FROM articles) - to_days($days::INTEGER)
ORDER BY last_published_at, actor_name
