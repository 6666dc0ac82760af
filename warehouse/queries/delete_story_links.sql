-- A page that carries another story now is no copy of what it was.
DELETE FROM store.story_links
WHERE article_id IN (SELECT article_id FROM staged_sketches WHERE is_rewritten)
   OR other_id IN (SELECT article_id FROM staged_sketches WHERE is_rewritten)
