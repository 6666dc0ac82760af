-- Which actors who took a side have gone silent?
-- Not quoted at all in the last days of news.
-- $days = 14
-- in: What is new
SELECT
    actor_name, organisation, stance, london_day(last_said_at) AS last_quoted,
    date_diff('day', london_day(last_said_at), (SELECT london_day(max(said_at)) FROM articles)) AS days_silent, statements
FROM actor_positions
WHERE last_said_at < (SELECT max(said_at) FROM articles) - to_days($days::INTEGER)
ORDER BY last_said_at, actor_name
