-- The codebook's table of new stances. What is news is judged against what is settled, against history whenever it was
-- loaded, and against other news seen before it: a batch is decided as if its articles had come one by one.
INSERT INTO store.events BY NAME
WITH placed AS (
    SELECT
        p.*, a.model_version, a.is_live AND p.is_fresh AS is_news,
        CASE WHEN a.detected_revision IS NULL THEN a.first_seen_at ELSE a.fetched_at END AS seen_at,
        struct_pack(said_at := p.said_at, first_seen_at := p.first_seen_at, article_id := p.article_id) AS place
    FROM store.positions AS p
    JOIN store.articles AS a USING (article_id)
),
fresh AS (SELECT * FROM placed WHERE is_news),
known AS (SELECT * FROM placed WHERE is_new AND actor_id IN (SELECT actor_id FROM fresh)),
judged AS (
    SELECT
        n.article_id, n.actor_id,
        bool_or(k.place > n.place AND (NOT k.is_news OR k.seen_at < n.seen_at)) AS is_late,
        max(k.place) FILTER (WHERE k.place < n.place) AS previous,
        coalesce(flatten(list(k.themes) FILTER (WHERE k.place < n.place)), []) AS known_themes
    FROM fresh AS n
    LEFT JOIN known AS k ON k.actor_id = n.actor_id AND k.article_id <> n.article_id
        AND (NOT k.is_news OR k.seen_at <= n.seen_at)
    GROUP BY n.article_id, n.actor_id
),
compared AS (
    SELECT
        n.*, j.is_late, p.statement_id AS previous_statement_id, p.article_id AS previous_article_id,
        p.stance AS previous_stance, p.said_at AS previous_at,
        list_filter(n.themes, lambda t: NOT list_contains(j.known_themes, t)) AS unheard_themes
    FROM fresh AS n
    JOIN judged AS j ON j.article_id = n.article_id AND j.actor_id = n.actor_id
    LEFT JOIN known AS p ON p.actor_id = n.actor_id AND p.article_id = j.previous.article_id
)
SELECT
    substr(md5(article_id || '|' || actor_id), 1, 16) AS event_id,
    CASE
        WHEN NOT is_new OR coalesce(is_late, false) THEN 'repeat'
        WHEN previous_stance IS NULL THEN 'first'
        WHEN previous_stance <> stance THEN 'shift'
        WHEN len(unheard_themes) > 0 THEN 'theme'
        ELSE 'repeat'
    END AS kind,
    actor_id, article_id, statement_id, stance, confidence, previous_statement_id, previous_article_id,
    previous_stance, previous_at,
    CASE WHEN is_new AND previous_stance = stance AND NOT coalesce(is_late, false) THEN unheard_themes ELSE [] END
        AS new_themes,
    $now AS detected_at, $run_id AS run_id, model_version
FROM compared
ANTI JOIN store.events AS e USING (article_id, actor_id)
RETURNING kind
