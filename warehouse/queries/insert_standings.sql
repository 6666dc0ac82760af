INSERT INTO store.standings
WITH held AS (
    SELECT
        actor_id, article_id, statement_id, stance, said_at, row_number() OVER w AS newest,
        lead(stance) OVER w AS stance_before
    FROM store.positions SEMI JOIN touched_actors USING (actor_id)
    WHERE is_new
    WINDOW w AS (
        PARTITION BY hash(actor_id), actor_id ORDER BY said_at DESC, first_seen_at DESC, article_id DESC)
),
summed AS (
    SELECT
        actor_id, arg_min(said_at, newest) FILTER (stance IS DISTINCT FROM stance_before) AS since,
        arg_min(struct_pack(stance_before), newest) FILTER (stance IS DISTINCT FROM stance_before) AS change,
        count(*) AS positions, count(*) FILTER (stance <> stance_before) AS shifts
    FROM held
    GROUP BY actor_id
)
SELECT
    h.actor_id, s.person, s.role, s.organisation, s.actor_type, p.stance, p.confidence, p.themes, p.said_at, c.since,
    c.change.stance_before, c.positions, c.shifts, h.statement_id, s.text, h.article_id, a.url, a.title, a.publisher,
    a.published_at
FROM held AS h
JOIN summed AS c ON c.actor_id = h.actor_id
JOIN store.positions AS p ON p.article_id = h.article_id AND p.actor_id = h.actor_id AND p.is_new
JOIN store.statements AS s ON s.statement_id = h.statement_id
JOIN store.articles AS a ON a.article_id = h.article_id
WHERE h.newest = 1
