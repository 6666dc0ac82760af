-- The text that an edit replaces is kept.
INSERT INTO store.article_revisions
SELECT a.article_id, a.revision, a.title, a.text, a.fetched_at
FROM store.articles AS a
JOIN (SELECT DISTINCT ON (article_id) article_id, text_hash, text_source, words FROM staged_articles ORDER BY article_id, first_seen_at, url) AS s
    USING (article_id)
WHERE a.text_hash <> s.text_hash
    AND NOT (s.text_source IN ('teaser', 'feed') AND a.text_source IN ('page', 'pdf') AND s.words < a.words)
