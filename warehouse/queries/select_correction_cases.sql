-- What analysts said and did not take back, of statements that still stand in their articles; nulls were left alone.
WITH dated AS (
    SELECT *, max(corrected_at) FILTER (kind = 'undo') OVER (PARTITION BY statement_id) AS undone_at
    FROM store.corrections
),
latest AS (
    SELECT
        statement_id, arg_max(stance, corrected_at) FILTER (stance IS NOT NULL) AS stance,
        arg_max(themes, corrected_at) FILTER (themes IS NOT NULL) AS themes,
        arg_max(role, corrected_at) FILTER (role IS NOT NULL) AS role,
        arg_max(person, corrected_at) FILTER (person IS NOT NULL) AS person,
        arg_max(organisation, corrected_at) FILTER (organisation IS NOT NULL) AS organisation,
        arg_max(actor_type, corrected_at) FILTER (actor_type IS NOT NULL) AS actor_type
    FROM dated
    WHERE kind = 'correct' AND (undone_at IS NULL OR corrected_at > undone_at)
    GROUP BY statement_id
)
SELECT
    a.article_id, a.title, a.byline, CAST(a.published_at AS DATE) AS published_on, a.publisher, a.text AS article, a.url,
    s.start_char, s.end_char, l.stance, l.themes, l.role, l.person, l.organisation,
    l.actor_type
FROM latest AS l
JOIN store.statements AS s USING (statement_id)
JOIN store.articles AS a USING (article_id)
WHERE s.corrected AND s.is_current AND a.analysed_revision = a.revision
ORDER BY a.first_seen_at, a.article_id, s.start_char
