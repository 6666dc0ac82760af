-- Statements that were settled under another actor are settled anew, silently: their articles wait for detection again.
UPDATE store.articles SET detected_at = NULL
WHERE detected_at IS NOT NULL AND article_id IN (
    SELECT s.article_id FROM store.statements AS s SEMI JOIN resolved_actors AS r USING (persona_id)
    WHERE s.settled_at IS NOT NULL AND s.settled_actor_id IS DISTINCT FROM s.actor_id)
