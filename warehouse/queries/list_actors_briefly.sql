-- The same actors as list_actors, in the same order, as they fit a terminal.
SELECT
    actor_id, coalesce(nullif(person, '') || ', ' || nullif(organisation, ''), nullif(person, ''), organisation) AS who,
    statements AS said, london_day(last_published_at) AS last, doubt
FROM main.actors
WHERE is_doubtful OR NOT $only_doubtful
ORDER BY coalesce(nullif(regexp_extract(lower(person), '[^ ]+$'), ''), lower(organisation)), lower(person), organisation, actor_id
