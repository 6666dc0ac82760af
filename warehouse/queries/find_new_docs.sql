-- The documents to index, with numbers behind all that their kind was ever given.
CREATE OR REPLACE TEMP TABLE new_docs AS
WITH sought AS (
    SELECT 'article' AS kind, article_id AS item_id, title, text
    FROM store.articles
    WHERE rowid IN (SELECT row_id FROM unindexed WHERE is_new)
    UNION ALL
    SELECT 'statement', s.statement_id, '', s.text
    FROM store.statements AS s
    SEMI JOIN unindexed USING (article_id)
    ANTI JOIN store.indexed_statements USING (statement_id)
    WHERE s.is_current
),
used AS (SELECT kind, max(last_doc) AS last_doc FROM store.segments GROUP BY kind)
SELECT
    CAST(coalesce(last_doc, 0) + row_number() OVER (PARTITION BY kind ORDER BY item_id) AS INTEGER) AS doc,
    (SELECT coalesce(max(segment), 0) FROM store.segments) + CASE kind WHEN 'article' THEN 1 ELSE 2 END AS segment,
    kind, item_id, title, text
FROM sought
LEFT JOIN used USING (kind)
