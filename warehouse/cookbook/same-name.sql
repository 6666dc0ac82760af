-- Which actors may be one and the same?
-- stancewatch actors merge, or split, decides it.
-- in: Outlets and people
SELECT actor_name, organisation, statements, doubt
FROM actors
WHERE is_doubtful
ORDER BY actor_name, organisation
