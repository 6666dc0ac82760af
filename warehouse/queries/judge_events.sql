-- The codebook's table of new stances, for what is fresh and for what was told of actors who were regrouped since. What is
-- news is judged against what is settled, against history whenever it was loaded, and against other news seen before
-- it: a batch is decided as if its articles had come one by one. What was told is judged again against what was settled
-- when it was told, by its own side; where a merge brings two events of one article together, the later is a repeat.
-- Where an analyst changed a label, an event is told with what it has now, and is a repeat if it is taken back.
CREATE OR REPLACE TEMP TABLE judged_events AS
WITH told AS (
    SELECT
        e.* REPLACE (
            coalesce(m.statement_id, e.statement_id) AS statement_id, coalesce(m.stance, e.stance) AS stance,
            coalesce(m.confidence, e.confidence) AS confidence),
        CASE WHEN m.is_taken_back THEN 0 ELSE row_number() OVER (
            PARTITION BY e.article_id, e.actor_id
            ORDER BY coalesce(m.is_taken_back, false), coalesce(m.is_moved, false), e.detected_at, e.confidence DESC,
                e.event_id) END AS rank
    FROM (FROM store.events SEMI JOIN weighed_positions USING (article_id, actor_id)) AS e
    LEFT JOIN amended_events AS m ON m.event_id = e.event_id
),
placed AS (
    SELECT
        p.* EXCLUDE (settled_at), a.model_version, a.is_live AND p.is_fresh AS is_fresh_news,
        t.event_id IS NOT NULL AS is_told,
        CASE WHEN a.is_live AND p.is_fresh THEN 'infinity'::TIMESTAMPTZ
            ELSE coalesce(t.detected_at, p.settled_at, 'infinity'::TIMESTAMPTZ) END AS settled_at,
        CASE WHEN t.event_id IS NOT NULL AND NOT p.is_fresh THEN t.seen_at
            WHEN a.detected_revision IS NULL THEN a.first_seen_at ELSE a.fetched_at END AS seen_at,
        struct_pack(said_at := p.said_at, first_seen_at := p.first_seen_at, article_id := p.article_id) AS place
    FROM weighed_positions AS p
    JOIN store.articles AS a ON a.article_id = p.article_id
    LEFT JOIN told AS t ON t.article_id = p.article_id AND t.actor_id = p.actor_id AND t.rank = 1
),
subjects AS (
    SELECT * EXCLUDE (is_fresh_news, is_told), substr(md5(statement_id), 1, 16) AS event_id, 1 AS rank
    FROM placed
    WHERE is_fresh_news AND NOT is_told
    UNION ALL BY NAME
    SELECT
        p.* EXCLUDE (is_fresh_news, is_told) REPLACE (
            t.statement_id AS statement_id, t.stance AS stance, t.confidence AS confidence,
            t.detected_at AS settled_at, t.seen_at AS seen_at),
        t.event_id, t.rank
    FROM told AS t
    SEMI JOIN rejudged_actors AS r ON r.actor_id = t.actor_id
    JOIN placed AS p ON p.article_id = t.article_id AND p.actor_id = t.actor_id
),
-- Themes as bits of a number: of a long history all lists of them together would not fit the memory.
listed AS (
    SELECT coalesce(list(DISTINCT theme ORDER BY theme), []) AS every
    FROM (SELECT unnest(themes) AS theme FROM weighed_positions)
),
known AS (
    SELECT
        p.*, is_fresh_news OR is_told AS is_news,
        coalesce(list_aggregate(
            list_transform(p.themes, lambda t: 1::HUGEINT << (list_position(l.every, t) - 1)), 'bit_or'), 0) AS mask
    FROM placed AS p, listed AS l
    WHERE is_new
),
judged AS (
    SELECT
        n.event_id,
        bool_or(k.place > n.place AND (k.settled_at < n.settled_at OR NOT k.is_news OR k.seen_at < n.seen_at)) AS is_late,
        max(k.place) FILTER (WHERE k.place < n.place) AS previous,
        coalesce(bit_or(k.mask) FILTER (WHERE k.place < n.place), 0) AS heard
    FROM subjects AS n
    JOIN known AS k ON k.actor_id = n.actor_id AND k.article_id <> n.article_id
        AND (k.settled_at < n.settled_at
            OR (k.settled_at = n.settled_at AND (NOT k.is_news OR k.seen_at <= n.seen_at)))
    GROUP BY n.event_id
),
compared AS (
    SELECT
        n.*, n.is_new AND n.rank = 1 AND NOT coalesce(j.is_late, false) AS is_telling,
        p.statement_id AS previous_statement_id, p.article_id AS previous_article_id, p.stance AS previous_stance,
        p.said_at AS previous_at, list_filter(n.themes,
            lambda t: (coalesce(j.heard, 0) >> (list_position(l.every, t) - 1)) & 1 = 0) AS unheard_themes
    FROM subjects AS n
    CROSS JOIN listed AS l
    LEFT JOIN judged AS j USING (event_id)
    LEFT JOIN known AS p ON p.actor_id = n.actor_id AND p.article_id = j.previous.article_id
)
SELECT
    event_id,
    CASE
        WHEN NOT is_telling THEN 'repeat'
        WHEN previous_stance IS NULL THEN 'first'
        WHEN previous_stance <> stance THEN 'shift'
        WHEN len(unheard_themes) > 0 THEN 'theme'
        ELSE 'repeat'
    END AS kind,
    actor_id, article_id, statement_id, stance, confidence, previous_statement_id, previous_article_id,
    previous_stance, previous_at,
    CASE WHEN is_telling AND previous_stance = stance THEN unheard_themes ELSE [] END AS new_themes,
    model_version, seen_at
FROM compared
QUALIFY row_number() OVER (PARTITION BY event_id ORDER BY previous_statement_id) = 1
UNION ALL BY NAME
SELECT
    event_id, 'repeat' AS kind, actor_id, article_id, statement_id, stance, confidence, previous_statement_id,
    previous_article_id, previous_stance, previous_at, [] AS new_themes, model_version, seen_at
FROM store.events
SEMI JOIN (FROM amended_events WHERE is_taken_back) AS m USING (event_id)
ANTI JOIN weighed_positions USING (article_id, actor_id)
