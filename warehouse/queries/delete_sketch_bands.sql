DELETE FROM store.sketch_bands WHERE article_id IN (SELECT article_id FROM staged_sketches)
