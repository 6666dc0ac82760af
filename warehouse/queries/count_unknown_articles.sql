SELECT count(DISTINCT article_id) FROM staged_articles ANTI JOIN store.articles USING (article_id)
