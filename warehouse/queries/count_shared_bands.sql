-- How many hits the bands of each new sketch would give.
WITH known AS (
    SELECT k.band, count(*) AS number
    FROM store.sketch_bands AS k
    SEMI JOIN staged_bands AS s ON s.band = k.band
    GROUP BY k.band
    HAVING count(*) <= 500
)
SELECT s.article_id, coalesce(sum(k.number), 0)::BIGINT AS hits
FROM staged_bands AS s
LEFT JOIN known AS k ON k.band = s.band
GROUP BY s.article_id
ORDER BY s.article_id
