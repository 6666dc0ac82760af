SELECT count(*) FROM touched_articles
