-- Articles whose text or headline is not what was indexed, or that were analysed since; as many as have so many words
-- together, but one at least. Only rows are kept here: their texts would be read with all others.
CREATE OR REPLACE TEMP TABLE unindexed AS
SELECT row_id, article_id, old_doc, is_new
FROM (
    SELECT
        a.rowid AS row_id, a.article_id, i.doc AS old_doc, a.words, a.first_seen_at,
        i.article_id IS NULL OR i.text_hash <> a.text_hash OR i.title <> a.title AS is_new
    FROM store.articles AS a
    LEFT JOIN store.indexed_articles AS i USING (article_id)
    WHERE is_new OR i.analysed_revision IS DISTINCT FROM a.analysed_revision OR i.model_version <> a.model_version
    ORDER BY a.first_seen_at, a.article_id
    LIMIT $limit
)
QUALIFY coalesce(sum(words) OVER (
    ORDER BY first_seen_at, article_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) < $most_words
