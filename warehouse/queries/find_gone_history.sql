-- What is kept of the positions in these articles, before they are written anew.
CREATE OR REPLACE TEMP TABLE gone_history AS
SELECT article_id, actor_id, organisation, themes, said_at
FROM store.history
WHERE article_id IN (SELECT article_id FROM shown_articles)
