INSERT INTO store.postings
WITH old AS (
    SELECT stem, unnest(docs) AS weighed_doc
    FROM store.postings
    WHERE segment IN (SELECT segment FROM merging) AND stem BETWEEN $first AND $last
)
SELECT $segment, stem, list_sort(list(weighed_doc))
FROM old
WHERE weighed_doc >> 5 NOT IN (SELECT doc FROM store.dead_docs WHERE kind = (SELECT any_value(kind) FROM merging))
GROUP BY stem
ORDER BY stem
