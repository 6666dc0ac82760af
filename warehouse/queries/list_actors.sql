SELECT
    actor_id, person, organisation, actor_type, organisations, statements, first_published_at, last_published_at, doubt
FROM main.actors
WHERE is_doubtful OR NOT $only_doubtful
ORDER BY coalesce(nullif(regexp_extract(lower(person), '[^ ]+$'), ''), lower(organisation)), lower(person), organisation, actor_id
