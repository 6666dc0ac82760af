-- Actors of settled statements who are not who they were: joined with others, or parted. One who is only called by
-- another id is the same.
CREATE OR REPLACE TEMP TABLE regrouped_actors AS
WITH moved AS (
    SELECT DISTINCT settled_actor_id, actor_id FROM waiting_statements WHERE settled_actor_id <> actor_id
),
concerned AS (SELECT DISTINCT unnest([settled_actor_id, actor_id]) AS actor_id FROM moved),
pairs AS (
    SELECT settled_actor_id AS old_id, actor_id AS new_id FROM store.statements
    WHERE settled_actor_id IN (FROM concerned) AND actor_id IS NOT NULL
    UNION
    SELECT settled_actor_id, actor_id FROM store.statements
    WHERE actor_id IN (FROM concerned) AND settled_actor_id IS NOT NULL
),
counted AS (
    SELECT new_id, count(*) OVER (PARTITION BY old_id) AS parts, count(*) OVER (PARTITION BY new_id) AS sources FROM pairs
)
SELECT DISTINCT new_id AS actor_id FROM counted WHERE parts > 1 OR sources > 1
