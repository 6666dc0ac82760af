-- What was told of actors where an analyst changed a label: the words, side and confidence that such an event has now. It
-- keeps the words that it is named after while they are its actor's and on the side that his statements there add up
-- to; else it takes the words that carry that side. It is taken back where there is none, and where its own words went
-- over to an actor of another side: it keeps them then, for the day that is undone.
CREATE OR REPLACE TEMP TABLE amended_events AS
WITH told AS (
    SELECT
        e.event_id, e.statement_id, e.stance, e.confidence, p.statement_id AS carrier_id, p.stance AS held_stance,
        p.confidence AS held_confidence, h.statement_id AS own_id, h.confidence AS own_confidence,
        coalesce(h.actor_id = e.actor_id AND h.stance = p.stance, false) AS is_own,
        coalesce(h.actor_id = e.actor_id AND h.corrected AND h.own_label.persona_id <> h.persona_id, false) AS is_moved
    FROM store.events AS e
    JOIN amended_positions AS m ON m.article_id = e.article_id AND m.actor_id = e.actor_id
    LEFT JOIN store.positions AS p ON p.article_id = e.article_id AND p.actor_id = e.actor_id
    LEFT JOIN (FROM store.statements WHERE rowid IN (SELECT row_id FROM waiting_statements)) AS h
        ON h.article_id = e.article_id AND substr(md5(h.statement_id), 1, 16) = e.event_id
),
judged AS (SELECT *, carrier_id IS NULL OR (is_moved AND NOT is_own) AS is_taken_back FROM told)
SELECT
    event_id, is_moved, is_taken_back,
    CASE WHEN is_taken_back THEN statement_id WHEN is_own THEN own_id ELSE carrier_id END AS statement_id,
    CASE WHEN is_taken_back THEN stance ELSE held_stance END AS stance,
    CASE WHEN is_taken_back THEN confidence WHEN is_own THEN own_confidence ELSE held_confidence END AS confidence
FROM judged
