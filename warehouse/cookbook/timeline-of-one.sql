-- What sides did somebody take, one after the other?
-- History and news in one line; kind says which.
-- $actor = Wrenfield
-- in: Where they stand
SELECT london_day(said_at) AS day, kind, stance, is_shift, themes, quote, publisher, url
FROM stance_timeline($actor)
