-- Where does somebody stand now?
-- A part of the name will do, of a person or an organisation, or its acronym.
-- $actor = NHS Providers
-- in: Where they stand
SELECT actor_name, role, organisation, stance, london_day(since) AS since, previous_stance, quote, publisher, url
FROM stance_of($actor)
