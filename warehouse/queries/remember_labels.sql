-- Labels that another engine gave, as they stand before they are derived anew; a row of nulls where an article has none.
CREATE OR REPLACE TEMP TABLE labels_before AS
SELECT a.article_id, s.statement_id, s.stance, list_sort(s.themes) AS themes
FROM store.articles AS a
LEFT JOIN store.statements AS s ON s.article_id = a.article_id AND s.is_current
WHERE a.language IN ('en', '') AND a.analysed_revision = a.revision AND a.model_version NOT IN ($model_version, 'given')
