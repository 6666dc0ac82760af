-- Whose latest sides may be others now, on which themes. Where all that changed came after the latest one that is kept,
-- it is enough to go on from there.
CREATE OR REPLACE TEMP TABLE changed_sides AS
WITH changed AS (
    SELECT actor_id, organisation, themes, said_at FROM gone_history
    UNION ALL
    SELECT actor_id, organisation, themes, said_at FROM store.history
    WHERE article_id IN (SELECT article_id FROM shown_articles)
),
whose AS (
    SELECT actor_id, '' AS organisation, unnest(themes) AS theme, said_at FROM changed
    UNION ALL
    SELECT '', organisation, unnest(list_prepend('', themes)), said_at FROM changed WHERE organisation <> ''
),
summed AS (
    SELECT actor_id, organisation, theme, min(said_at) AS said_at FROM whose GROUP BY actor_id, organisation, theme
)
SELECT
    c.*, coalesce(k.said_at < c.said_at, false) AS is_later,
    CASE WHEN k.said_at < c.said_at THEN c.said_at ELSE '-infinity'::TIMESTAMPTZ END AS read_from
FROM summed AS c
LEFT JOIN store.sides AS k ON k.actor_id = c.actor_id AND k.organisation = c.organisation AND k.theme = c.theme
