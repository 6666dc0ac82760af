-- From which stem to which so many postings are merged at a time: all would not fit the memory.
SELECT min(stem), max(stem)
FROM (
    SELECT stem, sum(sum(len(docs))) OVER (ORDER BY stem ROWS UNBOUNDED PRECEDING) // $size AS part
    FROM store.postings
    WHERE segment IN (SELECT segment FROM merging)
    GROUP BY stem
)
GROUP BY part
ORDER BY part
