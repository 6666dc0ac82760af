-- What the statements of actors in an article add up to, how many take each side, and which sides an analyst decided.
SELECT
    s.actor_id, coalesce(nullif(arg_max(s.person, s.start_char), ''), arg_max(s.organisation, s.start_char)) AS who,
    any_value(p.stance) AS stance, any_value(p.confidence) AS confidence,
    (SELECT arg_min(e.stance, e.detected_at) FROM store.events AS e
        WHERE e.article_id = $article_id AND e.actor_id = s.actor_id AND e.kind <> 'repeat') AS event_stance,
    count(*) FILTER (s.stance = 'local') AS local, count(*) FILTER (s.stance = 'central') AS central,
    count(*) FILTER (s.stance = 'balanced') AS balanced,
    coalesce(list(s.stance) FILTER (s.corrected AND s.confidence = 1), []) AS by_analyst
FROM store.statements AS s
LEFT JOIN store.positions AS p ON p.article_id = s.article_id AND p.actor_id = s.actor_id
WHERE s.article_id = $article_id AND s.is_current AND s.actor_id IN (SELECT unnest($actor_ids::VARCHAR[]))
GROUP BY s.actor_id
ORDER BY who, s.actor_id
