-- Two addresses of one page in one batch are one article. An edit of a feed's page is news even if the page
-- was history; its old statements are not (see insert_positions). A page that has closed its doors since (a paywall, say)
-- is no edit: the longer text that it showed stays.
MERGE INTO store.articles AS a
USING (SELECT DISTINCT ON (article_id) * FROM staged_articles ORDER BY article_id, first_seen_at, url) AS s
ON a.article_id = s.article_id
WHEN MATCHED AND a.text_hash <> s.text_hash
    AND NOT (s.text_source IN ('teaser', 'feed') AND a.text_source IN ('page', 'pdf') AND s.words < a.words)
THEN UPDATE SET
    title = s.title, byline = s.byline, published_at = coalesce(a.published_at, s.published_at),
    url = CASE WHEN a.feed_id = s.feed_id AND a.kind = s.kind THEN s.url ELSE a.url END,
    fetched_at = s.fetched_at, language = s.language, text = s.text, text_hash = s.text_hash, words = s.words,
    revision = a.revision + 1, extractor_version = s.extractor_version,
    text_source = s.text_source,
    is_live = s.is_live OR (s.kind = 'feed' AND a.kind = 'feed'),
    is_history = coalesce(a.is_history, NOT a.is_live), detected_at = NULL
WHEN NOT MATCHED THEN INSERT (
    article_id, url, publisher, feed_id, kind, title, byline, published_at, first_seen_at, fetched_at, language, text,
    text_hash, words, themes, story_id, revision, extractor_version, is_live, text_source, model_version)
VALUES (
    s.article_id, s.url, s.publisher, s.feed_id, s.kind, s.title, s.byline, s.published_at, s.first_seen_at,
    s.fetched_at, s.language, s.text, s.text_hash, s.words, [], s.article_id, 1, s.extractor_version, s.is_live,
    s.text_source, '')
