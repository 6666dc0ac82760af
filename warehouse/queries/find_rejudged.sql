-- Whose history is told anew.
CREATE OR REPLACE TEMP TABLE rejudged_actors AS
FROM regrouped_actors UNION SELECT actor_id FROM amended_positions WHERE actor_id IS NOT NULL
