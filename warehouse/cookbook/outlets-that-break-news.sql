-- Which outlets break new sides first?
-- first, shift and theme events by the outlet that printed them; how many other outlets carried the words later.
-- in: Outlets and people
SELECT
    publisher, count(*) AS broken, count(*) FILTER (kind = 'first') AS first,
    count(*) FILTER (kind = 'shift') AS shift, count(*) FILTER (kind = 'theme') AS theme,
    sum(len(sources) - 1)::BIGINT AS carried_elsewhere
FROM stance_events
WHERE kind <> 'repeat'
GROUP BY publisher
ORDER BY broken DESC, publisher
