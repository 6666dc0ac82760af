-- What would have been news since a day, had somebody watched: the news in the ledger, and the positions of history, each
-- against those before it. What was history is told of nobody; here it shows what rules do.
CREATE OR REPLACE TEMP TABLE candidate_events AS
WITH ordered AS (
    SELECT
        *, lag(stance) OVER w AS previous_stance,
        coalesce(flatten(list(themes) OVER (w ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)), []) AS known_themes
    FROM store.positions
    WHERE is_new
    WINDOW w AS (PARTITION BY actor_id ORDER BY said_at, first_seen_at, article_id)
),
imagined AS (
    SELECT
        substr(md5(statement_id), 1, 16) AS event_id,
        CASE
            WHEN previous_stance IS NULL THEN 'first'
            WHEN previous_stance <> stance THEN 'shift'
            WHEN len(list_filter(themes, lambda theme: NOT list_contains(known_themes, theme))) > 0 THEN 'theme'
            ELSE 'repeat'
        END AS kind,
        actor_id, article_id, statement_id, stance, confidence, 'history' AS origin
    FROM ordered AS o
    ANTI JOIN store.events AS e ON e.article_id = o.article_id AND e.actor_id = o.actor_id
    WHERE said_at >= $since
)
SELECT event_id, kind, actor_id, article_id, statement_id, stance, confidence, 'ledger' AS origin
FROM store.events
WHERE kind <> 'repeat' AND detected_at >= $since
UNION ALL
SELECT * FROM imagined WHERE kind <> 'repeat'
