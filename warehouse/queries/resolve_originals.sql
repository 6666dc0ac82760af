-- The same words are the same statement, whoever prints them again: exactly the same words by anybody (if long enough
-- to be telling), or a near-copy by the same actor or organisation. What was settled earlier wins, then history,
-- then first seen, then first published.
CREATE OR REPLACE TEMP TABLE originals AS
WITH placed AS (
    SELECT
        s.statement_id, s.actor_id, s.organisation, s.words_key, s.shingles, s.original_id,
        coalesce(s.settled_at, 'infinity'::TIMESTAMPTZ) AS settled_at,
        row(a.is_live, a.first_seen_at, coalesce(a.published_at, a.first_seen_at), s.article_id, s.start_char) AS place
    FROM store.statements AS s
    JOIN store.articles AS a USING (article_id)
),
new AS (SELECT * FROM placed WHERE original_id IS NULL),
matches AS (
    SELECT n.statement_id, coalesce(o.original_id, o.statement_id) AS original_id, o.place
    FROM new AS n
    JOIN placed AS o ON o.words_key = n.words_key
    WHERE o.statement_id <> n.statement_id AND (o.settled_at < n.settled_at OR (o.settled_at = n.settled_at AND o.place < n.place))
      AND (len(n.shingles) >= 4 OR o.actor_id = n.actor_id)
    UNION ALL
    SELECT n.statement_id, coalesce(o.original_id, o.statement_id) AS original_id, o.place
    FROM new AS n
    JOIN placed AS o ON o.organisation = n.organisation
    WHERE n.organisation <> '' AND o.statement_id <> n.statement_id AND o.words_key <> n.words_key
      AND (o.settled_at < n.settled_at OR (o.settled_at = n.settled_at AND o.place < n.place))
      AND least(len(n.shingles), len(o.shingles)) >= 4
      AND len(list_intersect(n.shingles, o.shingles)) >= 0.6 * least(len(n.shingles), len(o.shingles))
    UNION ALL
    SELECT n.statement_id, coalesce(o.original_id, o.statement_id) AS original_id, o.place
    FROM new AS n
    JOIN placed AS o ON o.actor_id = n.actor_id
    WHERE (n.organisation = '' OR o.organisation <> n.organisation) AND o.statement_id <> n.statement_id
      AND o.words_key <> n.words_key
      AND (o.settled_at < n.settled_at OR (o.settled_at = n.settled_at AND o.place < n.place))
      AND least(len(n.shingles), len(o.shingles)) >= 4
      AND len(list_intersect(n.shingles, o.shingles)) >= 0.6 * least(len(n.shingles), len(o.shingles))
)
SELECT n.statement_id, coalesce(arg_min(m.original_id, m.place), n.statement_id) AS original_id
FROM new AS n
LEFT JOIN matches AS m USING (statement_id)
GROUP BY n.statement_id
