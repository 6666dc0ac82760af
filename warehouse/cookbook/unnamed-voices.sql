-- What do those say who are not named?
-- Collective and anonymous speakers have no actor_id; they build up no history and raise no alert.
-- in: Themes and words
SELECT speaker, stance, count(*) AS statements, min(text) AS example
FROM statements
WHERE actor_id IS NULL
GROUP BY speaker, stance
ORDER BY statements DESC, speaker, stance
