-- What is new: who took a new side, changed it, or spoke on a new theme in the last days of news?
-- kind repeat is left out: copies, late arrivals, and what was known.
-- $days = 7
-- in: What is new
SELECT said_on AS day, kind, actor_name, organisation, previous_stance, stance, new_themes, quote, url
FROM stance_events
WHERE kind <> 'repeat' AND said_at > (SELECT max(said_at) FROM stance_events) - to_days($days::INTEGER)
ORDER BY said_at DESC, actor_name
