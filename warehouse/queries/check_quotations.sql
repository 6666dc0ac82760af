-- Statements of the text that an article has now stand in it word for word; those of earlier texts are kept, not checked.
-- All show their article as it stands.
SELECT 'quotations' AS what, count(*) AS checked,
    count(*) FILTER (substr(a.text, s.start_char + 1, s.end_char - s.start_char) <> s.text) AS broken,
    coalesce(min(s.statement_id) FILTER (substr(a.text, s.start_char + 1, s.end_char - s.start_char) <> s.text), '') AS example
FROM store.statements AS s
JOIN store.articles AS a USING (article_id)
WHERE s.is_current AND a.analysed_revision = a.revision
UNION ALL
SELECT 'articles shown by statements', count(*), count(*) FILTER (is_other), coalesce(min(statement_id) FILTER (is_other), '')
FROM (
    SELECT
        s.statement_id,
        row(a.url, a.publisher, a.published_at, a.title, a.byline, a.kind, a.feed_id, a.story_id, a.first_seen_at)
            IS DISTINCT FROM
        row(s.url, s.publisher, s.published_at, s.title, s.byline, s.kind, s.feed_id, s.story_id, s.first_seen_at) AS is_other
    FROM store.statements AS s
    JOIN store.articles AS a USING (article_id)
)
UNION ALL
SELECT 'evidence', count(*), count(*) FILTER (evidence_start < start_char OR evidence_end > end_char OR evidence_end < evidence_start),
    coalesce(min(statement_id) FILTER (evidence_start < start_char OR evidence_end > end_char OR evidence_end < evidence_start), '')
FROM store.statements
