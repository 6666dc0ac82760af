-- BM25 with k1 = 1.2 and b = 0.75: what a document's length and a word's frequency in it come to, whatever the others are.
-- It goes by a usual length, of words that are not idle, in place of the average, which changes with every chunk.
INSERT INTO store.postings
WITH counted AS MATERIALIZED (
    SELECT segment, doc, stem, sum(times) AS times
    FROM (SELECT segment, doc, times, unnest(words) AS word FROM new_words)
    JOIN store.words USING (word)
    GROUP BY segment, doc, stem
),
measured AS (
    SELECT c.segment, c.doc, sum(c.times) / any_value(CASE g.kind WHEN 'article' THEN $article_words ELSE $statement_words END)
        AS length
    FROM counted AS c
    JOIN store.segments AS g USING (segment)
    GROUP BY c.segment, c.doc
),
weighed AS (
    SELECT
        segment, stem, doc, CAST(greatest(round(31 * times / (times + 0.3 + 0.9 * length)), 1) AS UINTEGER) AS weight
    FROM counted
    JOIN measured USING (segment, doc)
)
SELECT segment, stem, list_sort(list(CAST(doc << 5 AS UINTEGER) | weight))
FROM weighed
GROUP BY segment, stem
ORDER BY segment, stem
