-- For each new sketch the articles that may be copies: two bands in common, or one headline or slug within a week. A
-- publisher's own pages need one headline or the same words. A band that hundreds of texts share is furniture, not news.
WITH wanted AS (SELECT * FROM staged_sketches WHERE article_id IN (SELECT unnest($ids))),
bands AS (SELECT * FROM staged_bands WHERE article_id IN (SELECT unnest($ids))),
telling AS (
    SELECT k.band FROM store.sketch_bands AS k SEMI JOIN bands AS b ON b.band = k.band GROUP BY k.band HAVING count(*) <= 500
),
hits AS (
    SELECT b.band, b.article_id, k.article_id AS other_id
    FROM bands AS b
    JOIN telling AS t ON t.band = b.band
    JOIN store.sketch_bands AS k ON k.band = b.band
),
pairs AS (
    SELECT article_id, other_id, count(*) AS common FROM hits GROUP BY ALL HAVING count(*) >= 2
    UNION ALL
    SELECT s.article_id, k.article_id, 0
    FROM wanted AS s
    JOIN store.sketches AS k ON k.title_key = s.title_key
    WHERE s.title_key <> ''
    UNION ALL
    SELECT s.article_id, k.article_id, 0
    FROM wanted AS s
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
SELECT article_id, other_id FROM ranked WHERE rank <= 32 ORDER BY article_id, rank
