-- What was a copy once stays one, however its text is edited: an edit does not split a story.
INSERT INTO store.story_links
SELECT * FROM (
    SELECT article_id, other_id FROM staged_links
    UNION
    SELECT other_id, article_id FROM staged_links
) AS linked
ANTI JOIN store.story_links AS known USING (article_id, other_id)
