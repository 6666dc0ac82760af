-- The articles of carried events and statements, as texts that nobody has read yet: all that is told of them is derived
-- anew. One that is here at an earlier revision becomes the one that was told of.
MERGE INTO store.articles AS a
USING (
    SELECT
        k.* REPLACE (
            [] AS themes, k.article_id AS story_id, NULL AS analysed_revision, '' AS model_version, NULL AS detected_at,
            NULL AS detected_revision)
    FROM known.store.articles AS k
    WHERE k.article_id IN (
        SELECT unnest([article_id, previous_article_id]) FROM store.events
        UNION
        SELECT article_id FROM store.statements)
) AS k ON a.article_id = k.article_id
WHEN MATCHED AND k.revision > a.revision AND k.article_id IN (
        SELECT e.article_id FROM store.events AS e JOIN store.statements AS s USING (statement_id)
        WHERE s.settled_at IS NULL
    ) THEN UPDATE SET
    url = k.url, title = k.title, byline = k.byline, published_at = k.published_at, fetched_at = k.fetched_at,
    language = k.language, text = k.text, text_hash = k.text_hash, words = k.words, revision = k.revision,
    extractor_version = k.extractor_version, text_source = k.text_source, is_live = k.is_live,
    is_history = coalesce(a.is_history, NOT a.is_live), detected_at = NULL
WHEN NOT MATCHED THEN INSERT BY NAME
