SELECT
    a.article_id, a.url, a.publisher, a.feed_id, a.kind, a.title, a.published_at, a.first_seen_at, a.fetched_at,
    a.language, a.words, a.story_id, a.revision, a.is_live,
    coalesce(a.is_history, NOT a.is_live) AS was_history, a.text_source, a.analysed_revision, a.model_version,
    a.detected_at, d.file AS seed_file
FROM store.articles AS a
LEFT JOIN store.seeds AS d USING (article_id)
WHERE a.article_id = $article_id
LIMIT 1
