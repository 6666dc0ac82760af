-- A line of a file that is imported again, whose text an edit replaced since: it came and went at that very moment.
DELETE FROM staged_articles AS s
USING store.article_revisions AS r
WHERE s.kind = 'import' AND r.article_id = s.article_id AND r.fetched_at = s.fetched_at AND r.text = s.text
