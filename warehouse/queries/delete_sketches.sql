DELETE FROM store.sketches WHERE article_id IN (SELECT article_id FROM staged_sketches)
