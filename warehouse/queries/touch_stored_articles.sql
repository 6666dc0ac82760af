-- Known articles that are stored again: their address, headline, date or text may change.
CREATE OR REPLACE TEMP TABLE touched_articles AS
SELECT article_id FROM store.articles SEMI JOIN staged_articles USING (article_id)
