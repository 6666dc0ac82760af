-- The statements of articles that wait for detection, those of earlier revisions too, and in which voice they are said.
-- What else is to be known of them is read by their row: rows stay where they are while a transaction takes none out,
-- and those of new statements lie together, so that nothing of the history is read.
CREATE OR REPLACE TEMP TABLE waiting_statements AS
SELECT
    rowid AS row_id, statement_id, article_id, persona_id, actor_id, settled_at, settled_actor_id, is_current,
    coalesce(nullif(organisation, ''), persona_id) AS voice, settled_voice
FROM store.statements
WHERE rowid IN (
    SELECT s.rowid FROM store.statements AS s
    SEMI JOIN (SELECT article_id FROM store.articles WHERE detected_at IS NULL) AS a USING (article_id))
