-- Statements of which it is to be decided whether their words were printed before: the new ones, the words of regrouped
-- actors, words that were taken for theirs, and what an analyst relabelled. Of the same words of one speaker, settled together, the foremost stands
-- for all; these are numbered, to be compared some at a time.
CREATE OR REPLACE TEMP TABLE unplaced_statements AS
WITH theirs AS (SELECT rowid AS row_id, statement_id FROM store.statements WHERE actor_id IN (FROM regrouped_actors)),
unplaced AS (
    SELECT row_id FROM waiting_statements WHERE settled_at IS NULL
    UNION
    SELECT row_id FROM waiting_statements SEMI JOIN store.amendments USING (statement_id)
    UNION
    SELECT row_id FROM theirs
    UNION
    SELECT rowid FROM store.statements WHERE original_id IN (SELECT statement_id FROM theirs)
),
alike AS (
    SELECT
        s.rowid AS row_id, s.statement_id, s.actor_id, s.words_key, s.shingles,
        coalesce(nullif(s.organisation, ''), s.persona_id) AS voice,
        CASE WHEN len(s.shingles) >= 4 OR s.actor_id IS NOT NULL THEN first_value(s.statement_id) OVER (
            PARTITION BY s.words_key, s.organisation, s.persona_id, s.actor_id, s.settled_at
            ORDER BY a.is_live, a.first_seen_at, coalesce(a.published_at, a.first_seen_at), s.article_id, s.start_char
        ) ELSE s.statement_id END AS foremost_id
    FROM store.statements AS s
    JOIN store.articles AS a USING (article_id)
    WHERE s.rowid IN (FROM unplaced)
)
SELECT *, row_number() OVER (PARTITION BY foremost_id = statement_id ORDER BY statement_id) AS number FROM alike
