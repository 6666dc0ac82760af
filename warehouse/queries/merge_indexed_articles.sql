MERGE INTO store.indexed_articles AS i
USING (
    SELECT
        a.article_id, coalesce(n.doc, u.old_doc) AS doc, a.text_hash, a.title, a.analysed_revision, a.model_version,
        $version AS version
    FROM store.articles AS a
    JOIN unindexed AS u ON u.row_id = a.rowid
    LEFT JOIN new_docs AS n ON n.kind = 'article' AND n.item_id = a.article_id
) AS s ON i.article_id = s.article_id
WHEN MATCHED THEN UPDATE BY NAME
WHEN NOT MATCHED THEN INSERT BY NAME
