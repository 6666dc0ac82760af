SELECT min(pair), max(pair)
FROM (
    SELECT pair, sum(sum(len(docs))) OVER (ORDER BY pair ROWS UNBOUNDED PRECEDING) // $size AS part
    FROM store.pairs
    WHERE segment IN (SELECT segment FROM merging)
    GROUP BY pair
)
GROUP BY part
ORDER BY part
