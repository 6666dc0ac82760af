SELECT count(*) FROM shown_articles
