-- Where those stand who took a side: whoever did so latest, and all of the newest events. Ordered as the positions are,
-- so that as many actors as positions hold everybody who is among these positions.
WITH placed AS (
    SELECT actor_id, max(row(said_at, first_seen_at, article_id)) AS place
    FROM store.positions
    WHERE is_new
    GROUP BY actor_id
),
chosen AS (
    (SELECT actor_id FROM placed ORDER BY place DESC, actor_id LIMIT $actors)
    UNION
    (SELECT actor_id FROM (
        FROM store.events
        WHERE kind <> 'repeat'
        ORDER BY detected_at DESC, coalesce(published_at, first_seen_at) DESC, event_id
        LIMIT $events))
),
seeded AS (
    SELECT actor_id, said_at AS since, min(article_id) AS since_seed_id
    FROM store.positions
    SEMI JOIN store.seeds USING (article_id)
    GROUP BY actor_id, said_at
)
SELECT
    actor_id, CASE WHEN person <> '' THEN actor_name ELSE '' END AS person, organisation, actor_type, stance, since,
    previous_stance, statements, last_published_at AS last_at,
    since_seed_id
FROM main.actor_positions
SEMI JOIN chosen USING (actor_id)
LEFT JOIN seeded USING (actor_id, since)
ORDER BY actor_id
