-- Only what was edited has texts to compare.
CREATE OR REPLACE VIEW main.revisions AS
WITH texts AS NOT MATERIALIZED (
    SELECT article_id, revision, title, text, fetched_at FROM store.article_revisions
    UNION ALL
    SELECT article_id, revision, title, text, fetched_at FROM store.articles WHERE revision > 1
),
times AS NOT MATERIALIZED (
    SELECT article_id, revision, fetched_at FROM store.article_revisions
    UNION ALL
    SELECT article_id, revision, fetched_at FROM store.articles WHERE revision > 1
),
compared AS NOT MATERIALIZED (
    SELECT
        c.*, n.fetched_at AS replaced_at, p.title AS previous_title,
        CASE WHEN p.text IS NULL THEN [] ELSE string_split_regex(c.text, '\n\s*\n') END AS paragraphs,
        coalesce(string_split_regex(p.text, '\n\s*\n'), []) AS previous
    FROM texts AS c
    ASOF LEFT JOIN store.article_revisions AS p ON p.article_id = c.article_id AND p.revision < c.revision
    ASOF LEFT JOIN times AS n ON n.article_id = c.article_id AND n.revision > c.revision
)
SELECT
    c.article_id, a.url, a.publisher, c.revision, c.title, c.text, c.fetched_at, c.replaced_at, c.previous_title,
    list_filter(c.paragraphs, lambda p: NOT list_contains(c.previous, p)) AS added,
    list_filter(c.previous, lambda p: NOT list_contains(c.paragraphs, p)) AS removed
FROM compared AS c
JOIN store.articles AS a USING (article_id)
UNION ALL
SELECT article_id, url, publisher, revision, title, text, fetched_at, NULL, NULL, [], []
FROM store.articles
WHERE revision = 1;

COMMENT ON VIEW main.revisions IS 'Every text that an article had, one row each, with what it changed; the current one included.';
COMMENT ON COLUMN main.revisions.article_id IS 'The article (articles.article_id).';
COMMENT ON COLUMN main.revisions.url IS 'Address of the article.';
COMMENT ON COLUMN main.revisions.publisher IS 'Outlet that printed it.';
COMMENT ON COLUMN main.revisions.revision IS '1 for the first text, one more for each edit seen.';
COMMENT ON COLUMN main.revisions.title IS 'The last headline over this text; a new headline alone makes no revision.';
COMMENT ON COLUMN main.revisions.text IS 'The text as it stood.';
COMMENT ON COLUMN main.revisions.fetched_at IS 'When this text was read (UTC).';
COMMENT ON COLUMN main.revisions.replaced_at IS 'When the next text was read (UTC); null for the current one.';
COMMENT ON COLUMN main.revisions.previous_title IS 'The last headline over the text before; null for the first.';
COMMENT ON COLUMN main.revisions.added IS 'Paragraphs that the text before did not have; empty for the first.';
COMMENT ON COLUMN main.revisions.removed IS 'Paragraphs of the text before that this one does not have.';
