-- Who speaks, or spoke, in the articles that were just settled, and whose positions these had.
CREATE OR REPLACE TEMP TABLE touched_actors AS
SELECT DISTINCT unnest([actor_id, settled_actor_id]) AS actor_id FROM waiting_statements
UNION
SELECT actor_id FROM store.standings SEMI JOIN waiting_statements USING (article_id)
