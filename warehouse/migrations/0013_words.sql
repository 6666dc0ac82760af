-- What `search` looks things up in: an inverted index of our own, added to chunk by chunk. A document is the text of an
-- article, or a statement; it gets the next number of its kind when it is indexed, and another one when its words change.
-- The old number is dead from then on: left out of answers, and dropped from the index when its segment is merged.
CREATE TABLE store.words (
    word VARCHAR NOT NULL,              -- as `store.telling_words` has it
    stem VARCHAR NOT NULL               -- its English stem, so that no query needs an extension
);

CREATE TABLE store.indexed_articles (
    article_id VARCHAR NOT NULL,
    doc INTEGER NOT NULL,
    text_hash VARCHAR NOT NULL,         -- of the text and, below, the title that were indexed
    title VARCHAR NOT NULL,
    analysed_revision INTEGER,          -- whose statements, of which engine, are indexed
    model_version VARCHAR NOT NULL,
    version VARCHAR NOT NULL            -- of the way to index; another one indexes everything anew
);

CREATE TABLE store.indexed_statements (
    statement_id VARCHAR NOT NULL,
    doc INTEGER NOT NULL,
    article_doc INTEGER NOT NULL        -- of the article that prints it, for phrases
);

CREATE TABLE store.dead_docs (
    kind VARCHAR NOT NULL,
    doc INTEGER NOT NULL
);

-- The documents of one kind in a chunk, or several such segments merged: as many of one level become one of the next.
CREATE TABLE store.segments (
    segment INTEGER NOT NULL,
    kind VARCHAR NOT NULL,              -- article | statement
    level INTEGER NOT NULL,
    first_doc INTEGER NOT NULL,
    last_doc INTEGER NOT NULL
);

CREATE TABLE store.postings (
    segment INTEGER NOT NULL,
    stem VARCHAR NOT NULL,
    docs UINTEGER[] NOT NULL            -- ascending; number << 5 | weight from 1 to 31: what frequency and length come to
);

-- Which articles print two words side by side, or with idle ones between them, for phrases; several pairs may share a key.
CREATE TABLE store.pairs (
    segment INTEGER NOT NULL,
    pair UINTEGER NOT NULL,
    docs INTEGER[] NOT NULL
);
