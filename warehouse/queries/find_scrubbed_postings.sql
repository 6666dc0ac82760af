-- What the index has under the stems of these words, without documents that are dead.
CREATE OR REPLACE TEMP TABLE scrubbed_postings AS
SELECT p.row_id, list(p.entry ORDER BY p.entry) FILTER (d.doc IS NULL) AS docs
FROM (
    SELECT p.rowid AS row_id, s.kind, unnest(p.docs) AS entry
    FROM store.postings AS p
    JOIN store.segments AS s USING (segment)
    WHERE p.stem IN (SELECT stem FROM store.words WHERE word IN (SELECT unnest($words)))
) AS p
LEFT JOIN store.dead_docs AS d ON d.kind = p.kind AND d.doc = p.entry >> 5
GROUP BY p.row_id
