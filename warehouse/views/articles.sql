CREATE OR REPLACE VIEW main.articles AS
SELECT
    article_id, url, publisher, feed_id, kind, title, byline, published_at, first_seen_at, fetched_at,
    language, text, words, themes, story_id, revision, extractor_version, text_source,
    coalesce(published_at, first_seen_at) AS said_at, story_id <> article_id AS is_copy,
    coalesce(is_history, NOT is_live) AS is_history, main.london_day(coalesce(published_at, first_seen_at)) AS said_on
FROM store.articles;

COMMENT ON VIEW main.articles IS 'Articles read from feeds, imported, or loaded as seeds: one row each, latest revision.';
COMMENT ON COLUMN main.articles.article_id IS 'Deterministic id: hash of the canonical address it was first read at, or the id given on import.';
COMMENT ON COLUMN main.articles.url IS 'Address to read it at.';
COMMENT ON COLUMN main.articles.publisher IS 'Outlet that printed it, by its name in config/feeds.yml; an organisation that publishes itself may have another name in organisation (The King''s Fund, King''s Fund): plain_name(publisher) = plain_name(organisation) joins them.';
COMMENT ON COLUMN main.articles.feed_id IS 'Feed that brought it (feeds.feed_id); empty for seeds and imports.';
COMMENT ON COLUMN main.articles.kind IS 'seed (a seed document), import or feed.';
COMMENT ON COLUMN main.articles.title IS 'Headline as printed.';
COMMENT ON COLUMN main.articles.byline IS 'Author line as printed; may be empty.';
COMMENT ON COLUMN main.articles.published_at IS 'When the publisher says it was published (UTC); null where not printed: said_at is never null.';
COMMENT ON COLUMN main.articles.first_seen_at IS 'When Stancewatch first saw it (UTC).';
COMMENT ON COLUMN main.articles.fetched_at IS 'When this revision was read (UTC).';
COMMENT ON COLUMN main.articles.language IS 'ISO 639-1 code; only English articles are analysed.';
COMMENT ON COLUMN main.articles.text IS 'The article without page furniture; paragraphs separated by a blank line.';
COMMENT ON COLUMN main.articles.words IS 'Number of words in text.';
COMMENT ON COLUMN main.articles.themes IS 'Governance themes (themes.theme) that are a substantive subject of the article; may be empty.';
COMMENT ON COLUMN main.articles.story_id IS 'Same for all copies of one text; the id of the copy that was published first (stories.story_id).';
COMMENT ON COLUMN main.articles.revision IS '1 for the first text, one more for each edit seen (revisions has the texts).';
COMMENT ON COLUMN main.articles.extractor_version IS 'Version of the program part that derived text from the page.';
COMMENT ON COLUMN main.articles.text_source IS 'Where text was read: page, pdf, feed (the page could not be had), teaser (what is shown before a paywall or login), file.';
COMMENT ON COLUMN main.articles.said_at IS 'published_at, or first_seen_at where no date is printed (UTC); never null: the one to order and filter by.';
COMMENT ON COLUMN main.articles.is_copy IS 'Whether its text was published before by another article of its story.';
COMMENT ON COLUMN main.articles.is_history IS 'Whether it was loaded silently (a seed, an import, a feed''s first poll or archive): it made no event and no alert. A later edit of it may: what is new in it is news, and this stays true.';
COMMENT ON COLUMN main.articles.said_on IS 'The day of said_at in London: the one to count and compare days and months by.';
