-- Who is quoted most, and in how many outlets?
-- names lists all forms that a name was printed in.
-- in: Outlets and people
SELECT
    actor_name, organisation, actor_type, statements, len(publishers) AS outlets, local, central, balanced,
    london_day(last_published_at) AS last_quoted
FROM actors
ORDER BY statements DESC, actor_name
LIMIT 15
