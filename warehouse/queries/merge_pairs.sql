INSERT INTO store.pairs
WITH old AS (
    SELECT pair, unnest(docs) AS doc
    FROM store.pairs
    WHERE segment IN (SELECT segment FROM merging) AND pair BETWEEN $first AND $last
)
SELECT $segment, pair, list_sort(list(doc))
FROM old
WHERE doc NOT IN (SELECT doc FROM store.dead_docs WHERE kind = 'article')
GROUP BY pair
ORDER BY pair
