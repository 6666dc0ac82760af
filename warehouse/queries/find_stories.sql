-- The stories that new sketches and links may have changed: what hangs together is one, called by its article that was
-- published first. That is rewritten where an earlier one arrives late, so that the order of arrival does not count.
CREATE OR REPLACE TEMP TABLE found_stories AS
WITH RECURSIVE concerned AS (
    SELECT article_id, published_at FROM store.articles
    WHERE story_id IN (
        SELECT story_id FROM store.articles
        WHERE article_id IN (SELECT article_id FROM staged_sketches UNION SELECT other_id FROM staged_links)
    )
),
linked AS (SELECT l.article_id, l.other_id FROM store.story_links AS l SEMI JOIN concerned USING (article_id)),
labels (article_id, root) USING KEY (article_id) AS (
    SELECT article_id, article_id FROM concerned
    UNION
    SELECT l.other_id, min(n.root)
    FROM labels AS n
    JOIN linked AS l ON l.article_id = n.article_id
    JOIN recurring.labels AS k ON k.article_id = l.other_id
    WHERE n.root < k.root
    GROUP BY l.other_id
)
SELECT
    article_id,
    first_value(article_id) OVER (PARTITION BY root ORDER BY coalesce(published_at, 'infinity'::TIMESTAMPTZ), article_id) AS story_id
FROM labels
JOIN concerned USING (article_id)
