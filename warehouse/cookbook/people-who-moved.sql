-- Who spoke for more than one organisation?
-- A person stays one actor through all changes of role and body.
-- in: Outlets and people
SELECT actor_name, organisation AS latest, organisations, names, statements
FROM actors
WHERE len(organisations) > 1
ORDER BY actor_name
