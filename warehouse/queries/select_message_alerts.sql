-- The alerts that messages carry, as far as a rule still asks for them, with all that is told of them. Their themes are
-- those by which the rules chose them (weigh_rules), and so those of the view stance_events.
WITH carried AS (
    SELECT o.message_id, o.alert_id, e.*
    FROM store.alerts AS o
    JOIN store.events AS e USING (event_id)
    WHERE list_contains($message_ids::VARCHAR[], o.message_id) AND o.is_wanted
),
outlets AS (
    SELECT c.alert_id, list_sort(list_distinct(list(a.publisher))) AS outlets
    FROM carried AS c
    JOIN store.statements AS s USING (statement_id)
    JOIN store.statements AS o ON o.original_id = s.original_id
    JOIN store.articles AS a ON a.article_id = o.article_id
    GROUP BY c.alert_id
)
SELECT
    c.message_id, c.alert_id, c.actor_id, c.kind AS event_kind, s.person, s.role, s.organisation, s.actor_type,
    c.stance, s.stance_score, c.confidence, s.text AS quote,
    CASE WHEN s.is_current THEN substr(a.text, greatest(1, s.start_char - 399), least(s.start_char, 400)) ELSE '' END
        AS before_quote,
    CASE WHEN s.is_current THEN substr(a.text, s.end_char + 1, 400) ELSE '' END AS after_quote,
    s.evidence_start - s.start_char AS evidence_start, s.evidence_end - s.start_char AS evidence_end,
    coalesce(c.themes, s.themes) AS themes, c.new_themes, a.title AS article_title, a.url, a.publisher,
    coalesce(a.published_at, a.first_seen_at) AS published_at, coalesce(o.outlets, [a.publisher]) AS outlets,
    c.detected_at, s.statement_id, s.corrected AS is_corrected, s.model_version = 'given' AS is_given,
    s.quote_kind IN ('indirect', 'position') AS is_reported, c.previous_stance, c.previous_at,
    p.text AS previous_quote, pa.publisher AS previous_publisher, pa.url AS previous_url
FROM carried AS c
JOIN store.statements AS s USING (statement_id)
JOIN store.articles AS a ON a.article_id = c.article_id
LEFT JOIN outlets AS o ON o.alert_id = c.alert_id
LEFT JOIN store.statements AS p ON p.statement_id = c.previous_statement_id
LEFT JOIN store.articles AS pa ON pa.article_id = c.previous_article_id
ORDER BY c.message_id, published_at, c.alert_id
