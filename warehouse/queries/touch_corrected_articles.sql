-- The articles that corrections may reach into.
CREATE OR REPLACE TEMP TABLE touched_articles AS
SELECT DISTINCT article_id FROM store.statements SEMI JOIN correction_targets USING (statement_id)
