-- Same story, same row. An entry keeps every address and id it was ever given under; articles keep what tells copies.
CREATE TABLE store.entry_aliases (
    entry_id VARCHAR NOT NULL,
    feed_id VARCHAR NOT NULL,           -- empty: an address, which means the same in all feeds
    name VARCHAR NOT NULL               -- canonical address, or the lasting part of the feed's id for it
);

ALTER TABLE store.entries ADD COLUMN dated_at TIMESTAMPTZ;
UPDATE store.entries SET dated_at = published_at;

CREATE TABLE store.sketches (
    article_id VARCHAR NOT NULL,
    version VARCHAR NOT NULL,           -- of the way to make sketches; another one makes them anew
    text_hash VARCHAR NOT NULL,         -- of the text and, below, the title that the sketch is of
    title VARCHAR NOT NULL,
    title_key VARCHAR NOT NULL,
    path_key VARCHAR NOT NULL,          -- empty: the address says nothing of the story
    words_key VARCHAR NOT NULL
);

-- Texts that have two bands in common may be copies.
CREATE TABLE store.sketch_bands (
    article_id VARCHAR NOT NULL,
    band BIGINT NOT NULL
);

-- Copies of one text, each pair both ways round. A story is what is linked, directly or through others.
CREATE TABLE store.story_links (
    article_id VARCHAR NOT NULL,
    other_id VARCHAR NOT NULL
);
