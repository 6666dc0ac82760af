-- Which words that take a side were printed by the most outlets?
-- Positions that were news; first_outlet printed them first. What took no side: statements, by original_id.
-- in: Themes and words
SELECT
    actor_name, stance, publisher AS first_outlet,
    list_filter(sources, lambda outlet: outlet <> publisher) AS later_outlets, quote
FROM stance_events
WHERE len(sources) > 1
ORDER BY len(later_outlets) DESC, actor_name, quote
LIMIT 100
