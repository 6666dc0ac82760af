-- Texts that came with labels are never the engine's: of them it is asked only who the names are, again when it changes.
-- Which articles these are is told without their texts, which are read of those alone.
WITH waiting AS (
    SELECT a.article_id, g.article_id IS NOT NULL AS is_given
    FROM store.articles AS a
    LEFT JOIN store.given_texts AS g ON g.article_id = a.article_id AND g.text_hash = a.text_hash
    WHERE CASE
            WHEN g.article_id IS NOT NULL THEN
                a.analysed_revision IS DISTINCT FROM a.revision OR a.model_version <> 'given' OR g.placed_by <> $model_version
            ELSE a.language IN ('en', '')
                AND (a.analysed_revision IS DISTINCT FROM a.revision OR a.model_version <> $model_version)
        END
      AND (NOT $only_known OR a.analysed_revision = a.revision)
    ORDER BY a.first_seen_at, a.article_id
    LIMIT $limit
)
SELECT
    a.article_id, a.url, a.publisher, a.title, a.byline, CAST(a.published_at AS DATE) AS published_on, a.text,
    a.revision, w.is_given
FROM store.articles AS a
JOIN waiting AS w USING (article_id)
ORDER BY a.first_seen_at, a.article_id
