-- Most stories are a single article, of which nothing is to be put in order.
CREATE OR REPLACE VIEW main.stories AS
WITH shared AS (SELECT DISTINCT story_id FROM store.articles WHERE story_id <> article_id),
placed AS (
    SELECT
        story_id, article_id, title, publisher, url, published_at, first_seen_at,
        row(coalesce(published_at, 'infinity'::TIMESTAMPTZ), article_id) AS place
    FROM store.articles
    SEMI JOIN shared USING (story_id)
)
SELECT
    story_id, arg_min(title, place) AS title, min(published_at) AS first_published_at,
    min(first_seen_at) AS first_seen_at, count(*) AS articles,
    list_sort(list_distinct(list(publisher))) AS publishers,
    list(url ORDER BY place) AS urls, list(article_id ORDER BY place) AS article_ids,
    arg_min(publisher, place) AS first_publisher, max(published_at) AS last_published_at
FROM placed
GROUP BY story_id
UNION ALL
SELECT story_id, title, published_at, first_seen_at, 1, [publisher], [url], [article_id], publisher, published_at
FROM store.articles
ANTI JOIN shared USING (story_id);

COMMENT ON VIEW main.stories IS 'Stories: articles that carry one text, as copies of one another; one row a story, and most stories are a single article (articles > 1 selects copies).';
COMMENT ON COLUMN main.stories.story_id IS 'Id of the article of the story that was published first; it changes if an earlier copy turns up.';
COMMENT ON COLUMN main.stories.title IS 'Headline of that article.';
COMMENT ON COLUMN main.stories.first_published_at IS 'When the first of them was published (UTC); null where none prints a date.';
COMMENT ON COLUMN main.stories.first_seen_at IS 'When Stancewatch first saw one of them (UTC).';
COMMENT ON COLUMN main.stories.articles IS 'How many articles carry it.';
COMMENT ON COLUMN main.stories.publishers IS 'All outlets that carried it, in order of the alphabet.';
COMMENT ON COLUMN main.stories.urls IS 'Addresses of the articles, the first published first.';
COMMENT ON COLUMN main.stories.article_ids IS 'Their ids (articles.article_id), in the same order.';
COMMENT ON COLUMN main.stories.first_publisher IS 'Outlet that published it first.';
COMMENT ON COLUMN main.stories.last_published_at IS 'When the last of them was published (UTC); null where none prints a date.';
