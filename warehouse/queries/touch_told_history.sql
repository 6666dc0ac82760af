-- The articles of which positions show something.
CREATE OR REPLACE TEMP TABLE shown_articles AS FROM touched_articles
