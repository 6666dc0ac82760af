-- The statements of an article, each with where its words were printed first and what a second opinion said of it.
WITH asked AS (
    SELECT DISTINCT ON (statement_id) statement_id, judge, outcome, stance
    FROM store.opinions
    ORDER BY statement_id, asked_at DESC
)
SELECT
    s.statement_id, s.actor_id, s.person, s.role, s.organisation, s.text, s.stance, s.confidence, s.corrected,
    s.is_current, s.model_version, s.original_id, s.settled_at, o.words_key = s.words_key AS is_same_words,
    o.article_id AS original_article_id, p.url AS original_url, p.publisher AS original_publisher,
    coalesce(p.published_at, p.first_seen_at) AS original_at, p.story_id = a.story_id AS is_same_story,
    q.judge AS opinion_judge, q.outcome AS opinion_outcome, q.stance AS opinion_stance
FROM store.statements AS s
JOIN store.articles AS a USING (article_id)
LEFT JOIN store.statements AS o ON o.statement_id = s.original_id
LEFT JOIN store.articles AS p ON p.article_id = o.article_id
LEFT JOIN asked AS q ON q.statement_id = s.statement_id
WHERE s.article_id = $article_id
ORDER BY s.start_char, s.statement_id
