CREATE OR REPLACE TEMP TABLE touched_articles AS SELECT DISTINCT article_id FROM staged_analysed
