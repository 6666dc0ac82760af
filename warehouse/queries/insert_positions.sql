-- The codebook's sum of an actor's statements in one article, over the words that are this article's own; where all
-- of them were printed before, over all of them, and marked as nothing new. Words near to ones that an edit or a newer
-- engine replaced in the same article are its own, but no news; nor is what a newer engine finds in an older text.
INSERT INTO store.positions BY NAME
WITH copied AS (
    SELECT statement_id, article_id, is_current FROM store.statements
    WHERE rowid IN (
        SELECT o.rowid FROM store.statements AS o
        WHERE o.statement_id IN (
            SELECT s.original_id FROM store.statements AS s
            WHERE s.rowid IN (SELECT row_id FROM waiting_statements) AND s.original_id <> s.statement_id))
),
said AS (
    SELECT
        s.*, a.detected_revision, coalesce(s.published_at, s.first_seen_at) AS said_at,
        s.original_id = s.statement_id OR (o.article_id = s.article_id AND NOT o.is_current) AS is_own,
        s.original_id = s.statement_id AND s.statement_id IN (SELECT statement_id FROM originals)
            AND a.revision IS DISTINCT FROM a.detected_revision AND NOT EXISTS (
                SELECT 1 FROM store.article_revisions AS r
                WHERE r.article_id = s.article_id AND r.revision <= a.detected_revision AND contains(r.text, s.text)
            ) AS is_unheard
    FROM store.statements AS s
    JOIN store.articles AS a USING (article_id)
    LEFT JOIN copied AS o ON o.statement_id = s.original_id
    WHERE s.rowid IN (SELECT row_id FROM waiting_statements)
        AND a.detected_at IS NULL AND s.is_current AND s.actor_id IS NOT NULL AND s.stance <> 'none'
),
own AS (
    SELECT
        *, row(quote_kind IN ('direct', 'authored') AND confidence >= $minimum_confidence, confidence, -start_char) AS rank, bool_or(is_own) OVER (PARTITION BY article_id, actor_id) AS is_new FROM said
),
summed AS (
    SELECT
        article_id, actor_id, kind, is_new, said_at, first_seen_at,
        bool_or(is_unheard) OR (NOT is_new AND detected_revision IS NULL) AS is_fresh,
        list_sort(list_distinct(flatten(list(themes)))) AS themes,
        count(*) FILTER (WHERE stance = 'local') AS locals,
        count(*) FILTER (WHERE stance = 'central') AS centrals,
        count(*) FILTER (WHERE stance = 'balanced') AS balanceds,
        coalesce(max(confidence) FILTER (WHERE stance = 'local'), 0) AS sure_local,
        coalesce(max(confidence) FILTER (WHERE stance = 'central'), 0) AS sure_central,
        coalesce(max(confidence) FILTER (WHERE stance = 'balanced'), 0) AS sure_balanced,
        arg_max(statement_id, rank) FILTER (WHERE stance = 'local') AS local_id,
        arg_max(statement_id, rank) FILTER (WHERE stance = 'central') AS central_id,
        arg_max(statement_id, rank) FILTER (WHERE stance = 'balanced') AS balanced_id,
        arg_max(statement_id, rank) AS any_id
    FROM own
    WHERE is_own OR NOT is_new
    GROUP BY article_id, actor_id, kind, detected_revision, is_new, said_at, first_seen_at
),
judged AS (
    SELECT *, CASE
        WHEN least(locals, centrals) > 0 AND least(locals, centrals) * 2 >= greatest(locals, centrals) THEN 'balanced'
        WHEN balanceds > locals AND balanceds > centrals THEN 'balanced'
        WHEN locals > centrals THEN 'local'
        ELSE 'central'
    END AS stance
    FROM summed
),
weighed AS (
    SELECT
        article_id, actor_id, kind, stance, themes, is_new, is_fresh, said_at, first_seen_at,
        CASE stance
            WHEN 'local' THEN sure_local
            WHEN 'central' THEN sure_central
            ELSE greatest(sure_balanced, least(sure_local, sure_central))
        END AS confidence,
        CASE stance
            WHEN 'local' THEN local_id
            WHEN 'central' THEN central_id
            ELSE coalesce(balanced_id, any_id)
        END AS statement_id
    FROM judged
)
SELECT * EXCLUDE (kind) FROM weighed
WHERE confidence >= CASE WHEN kind = 'seed' THEN $seed_confidence ELSE $minimum_confidence END
