-- Articles whose text or headline no sketch is of: new, edited, given another headline, or stored by an older version.
-- Which ones is told without their texts, which are read of those alone.
WITH waiting AS (
    SELECT a.article_id, k.text_hash
    FROM store.articles AS a
    LEFT JOIN store.sketches AS k USING (article_id)
    WHERE k.article_id IS NULL OR k.text_hash <> a.text_hash OR k.title <> a.title OR k.version <> $version
    ORDER BY a.article_id
    LIMIT $limit
)
SELECT
    a.article_id, a.url, a.publisher, a.title, coalesce(a.published_at, a.first_seen_at) AS dated_at, a.text, a.text_hash,
    CASE WHEN w.text_hash <> a.text_hash THEN r.text END AS previous_text
FROM store.articles AS a
JOIN waiting AS w USING (article_id)
LEFT JOIN (FROM store.article_revisions SEMI JOIN waiting USING (article_id)) AS r
    ON r.article_id = a.article_id AND r.revision = a.revision - 1
ORDER BY a.article_id
