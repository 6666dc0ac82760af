-- The same words are the same statement, whoever prints them again: exactly the same words by anybody (if long enough
-- to be telling), a near-copy by the same actor or organisation, or a scrap of four or five words out of what the same
-- actor said. What was settled earlier wins, then history, then first seen, then first published. A copy of a copy is
-- one of the first, also where all three come together.
CREATE OR REPLACE TEMP TABLE originals AS
WITH RECURSIVE concerned AS (
    SELECT statement_id FROM likely_copies UNION SELECT other_id FROM likely_copies
),
placed AS MATERIALIZED (
    SELECT
        s.statement_id, s.actor_id, s.organisation, s.words_key, s.shingles, s.original_id,
        coalesce(s.settled_at, 'infinity'::TIMESTAMPTZ) AS settled_at,
        row(a.is_live, a.first_seen_at, coalesce(a.published_at, a.first_seen_at), s.article_id, s.start_char) AS place
    FROM store.statements AS s
    JOIN store.articles AS a USING (article_id)
    WHERE s.rowid IN (SELECT rowid FROM store.statements SEMI JOIN concerned USING (statement_id))
),
parents AS MATERIALIZED (
    SELECT n.statement_id, arg_min(coalesce(o.original_id, o.statement_id), o.place) AS parent_id
    FROM likely_copies AS l
    JOIN placed AS n ON n.statement_id = l.statement_id
    JOIN placed AS o ON o.statement_id = l.other_id
    WHERE (o.settled_at < n.settled_at OR (o.settled_at = n.settled_at AND o.place < n.place))
      AND (o.words_key = n.words_key
        OR (((n.organisation <> '' AND o.organisation = n.organisation) OR o.actor_id = n.actor_id)
            AND least(len(n.shingles), len(o.shingles)) >= 4
            AND len(list_intersect(n.shingles, o.shingles)) >= 0.6 * least(len(n.shingles), len(o.shingles)))
        OR (o.actor_id = n.actor_id AND len(n.shingles) BETWEEN 2 AND 3
            AND len(list_intersect(n.shingles, o.shingles)) = len(n.shingles)))
    GROUP BY n.statement_id
),
climbed AS (
    SELECT statement_id, parent_id FROM parents
    UNION
    SELECT c.statement_id, p.parent_id FROM climbed AS c JOIN parents AS p ON p.statement_id = c.parent_id
),
roots AS (
    SELECT statement_id, parent_id FROM climbed
    WHERE parent_id NOT IN (SELECT statement_id FROM parents)
)
SELECT u.row_id, u.statement_id, coalesce(r.parent_id, u.foremost_id) AS original_id
FROM unplaced_statements AS u
LEFT JOIN roots AS r ON r.statement_id = u.foremost_id
