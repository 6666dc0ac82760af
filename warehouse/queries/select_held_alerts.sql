SELECT
    o.alert_id, o.destination, o.attempts,
    o.is_repeat OR o.status IN ('sending', 'unknown') AS is_repeat, o.recipients, e.kind AS event_kind, s.person, s.role,
    s.organisation, s.actor_type, e.stance, s.stance_score, e.confidence, s.text AS quote,
    CASE WHEN s.is_current THEN substr(a.text, greatest(1, s.start_char - 399), least(s.start_char, 400)) ELSE '' END
        AS before_quote,
    CASE WHEN s.is_current THEN substr(a.text, s.end_char + 1, 400) ELSE '' END AS after_quote,
    s.evidence_start - s.start_char AS evidence_start, s.evidence_end - s.start_char AS evidence_end,
    s.themes, e.new_themes, a.title AS article_title, a.url, a.publisher,
    coalesce(a.published_at, a.first_seen_at) AS published_at, v.sources AS outlets, e.detected_at, s.statement_id,
    e.previous_stance, e.previous_at, p.text AS previous_quote, pa.publisher AS previous_publisher,
    pa.url AS previous_url
FROM store.alerts AS o
JOIN store.events AS e USING (event_id)
JOIN store.statements AS s ON s.statement_id = e.statement_id
JOIN store.articles AS a ON a.article_id = e.article_id
JOIN main.stance_events AS v ON v.event_id = e.event_id
LEFT JOIN store.statements AS p ON p.statement_id = e.previous_statement_id
LEFT JOIN store.articles AS pa ON pa.article_id = e.previous_article_id
WHERE e.kind <> 'repeat' AND o.timing = 'digest' AND o.destination = $destination
  AND (o.status = 'held' OR (o.status IN ('sending', 'unknown') AND NOT o.is_repeat))
ORDER BY e.detected_at, o.alert_id
