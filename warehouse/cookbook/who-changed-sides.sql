-- Who changed sides this year, from what to what, and in which words?
-- The year is that of the newest news. History counts too: stance_events alone would leave out what was never news.
-- in: What is new
SELECT said_on AS day, actor_name, organisation, previous_stance, stance, previous_quote, quote, publisher, url
FROM stance_history
WHERE is_shift AND said_on >= date_trunc('year', (SELECT london_day(max(said_at)) FROM actor_positions))
ORDER BY said_at DESC, actor_name
