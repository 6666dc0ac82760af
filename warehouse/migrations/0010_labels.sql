-- Labels that came with an article, by the very text that they were made for: an edit that brings none is labelled by
-- the engine. A text without statements has a row too: nobody says anything in it.
CREATE TABLE store.given_texts (
    article_id VARCHAR NOT NULL,
    text_hash VARCHAR NOT NULL,
    labels_key VARCHAR NOT NULL,        -- hash of what was given, to tell other labels from the same ones
    themes VARCHAR[] NOT NULL,          -- of the whole article
    placed_by VARCHAR NOT NULL          -- engine by whose names the speakers were placed; empty: not yet
);

CREATE TABLE store.given_statements (
    article_id VARCHAR NOT NULL,
    text_hash VARCHAR NOT NULL,
    start_char INTEGER NOT NULL,
    end_char INTEGER NOT NULL,
    person VARCHAR NOT NULL,            -- names as given; their canonical forms are found when statements are made of this
    role VARCHAR NOT NULL,
    organisation VARCHAR NOT NULL,
    actor_type VARCHAR NOT NULL,        -- empty: as the body is known
    quote_kind VARCHAR NOT NULL,
    stance VARCHAR NOT NULL,
    stance_score DOUBLE NOT NULL,
    confidence DOUBLE NOT NULL,
    evidence_start INTEGER NOT NULL,
    evidence_end INTEGER NOT NULL,
    themes VARCHAR[] NOT NULL
);
