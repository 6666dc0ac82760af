-- For each new sketch the articles that may be copies: two bands in common, or one headline or slug within a week. A
-- publisher's own pages need one headline or the same words. A band that hundreds of texts share is furniture, not news.
WITH hits AS (
    SELECT b.band, b.article_id, k.article_id AS other_id
    FROM staged_bands AS b
    JOIN store.sketch_bands AS k ON k.band = b.band
    QUALIFY count(*) OVER (PARTITION BY b.band, b.article_id) <= 500
),
pairs AS (
    SELECT article_id, other_id, count(*) AS common FROM hits GROUP BY ALL HAVING count(*) >= 2
    UNION ALL
    SELECT s.article_id, k.article_id, 0
    FROM staged_sketches AS s
    JOIN store.sketches AS k ON k.title_key = s.title_key
    WHERE s.title_key <> ''
    UNION ALL
    SELECT s.article_id, k.article_id, 0
    FROM staged_sketches AS s
    JOIN store.sketches AS k ON k.path_key = s.path_key
    WHERE s.path_key <> ''
),
ranked AS (
    SELECT
        p.article_id, p.other_id, row_number() OVER (PARTITION BY p.article_id ORDER BY max(p.common) DESC, p.other_id) AS rank
    FROM pairs AS p
    JOIN store.articles AS a ON a.article_id = p.article_id
    JOIN store.articles AS o ON o.article_id = p.other_id
    JOIN store.sketches AS s ON s.article_id = p.article_id
    JOIN store.sketches AS k ON k.article_id = p.other_id
    WHERE p.article_id <> p.other_id
      AND (p.common > 0 OR abs(epoch(coalesce(a.published_at, a.first_seen_at)) - epoch(coalesce(o.published_at, o.first_seen_at))) <= 7 * 86400)
      AND (a.publisher <> o.publisher OR s.title_key = k.title_key OR s.path_key = k.path_key OR s.words_key = k.words_key)
    GROUP BY p.article_id, p.other_id
)
SELECT r.article_id, r.other_id, o.publisher, o.title, o.url, coalesce(o.published_at, o.first_seen_at) AS dated_at, o.text
FROM ranked AS r
JOIN store.articles AS o ON o.article_id = r.other_id
WHERE r.rank <= 32
ORDER BY r.article_id, r.rank
