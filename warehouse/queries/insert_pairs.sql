INSERT INTO store.pairs
WITH pairs AS (
    SELECT DISTINCT segment, doc, store.pair_key(one, other) AS pair
    FROM (SELECT segment, doc, unnest(words[:-2]) AS one, unnest(words[2:]) AS other FROM new_words WHERE kind = 'article')
)
SELECT segment, pair, list_sort(list(doc))
FROM pairs
GROUP BY segment, pair
ORDER BY pair
