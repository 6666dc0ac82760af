-- Whose standing shows something of the touched articles.
CREATE OR REPLACE TEMP TABLE touched_actors AS
SELECT actor_id FROM store.standings SEMI JOIN touched_articles USING (article_id)
