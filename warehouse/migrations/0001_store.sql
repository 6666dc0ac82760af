-- The whole store, first shape. Keys are deterministic hashes made by the program; novelty is decided by MERGE,
-- never by an index, so that the same SQL runs on a DuckDB file and on DuckLake.
CREATE TABLE store.runs (
    run_id VARCHAR NOT NULL,
    flow VARCHAR NOT NULL,
    pid INTEGER NOT NULL,
    started_at TIMESTAMPTZ NOT NULL,
    heartbeat_at TIMESTAMPTZ NOT NULL,
    finished_at TIMESTAMPTZ,
    status VARCHAR NOT NULL,            -- running | completed | failed | dead
    detail VARCHAR NOT NULL,
    counts MAP(VARCHAR, BIGINT) NOT NULL
);

CREATE TABLE store.feeds (
    feed_id VARCHAR NOT NULL,
    publisher VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    homepage VARCHAR NOT NULL,
    configured_url VARCHAR NOT NULL,
    url VARCHAR NOT NULL,               -- the address in use: the configured one until it moved for good
    format VARCHAR NOT NULL,
    interval_minutes INTEGER NOT NULL,
    expected_7d INTEGER NOT NULL,
    is_configured BOOLEAN NOT NULL,
    etag VARCHAR NOT NULL,
    last_modified VARCHAR NOT NULL,
    body_hash VARCHAR NOT NULL,
    status VARCHAR NOT NULL,            -- new | ok | not_modified | degraded | failed | refused | retired
    reason VARCHAR NOT NULL,
    failures INTEGER NOT NULL,
    baseline_at TIMESTAMPTZ,            -- when its first poll succeeded: what came then is history
    last_ok_at TIMESTAMPTZ,
    next_fetch_at TIMESTAMPTZ
);

CREATE TABLE store.fetches (
    run_id VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    final_url VARCHAR NOT NULL,
    feed_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    started_at TIMESTAMPTZ NOT NULL,
    outcome VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    http_status INTEGER,
    bytes BIGINT NOT NULL,
    seconds DOUBLE NOT NULL
);

CREATE TABLE store.entries (
    entry_id VARCHAR NOT NULL,          -- hash of the canonical address first seen
    feed_id VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    canonical_url VARCHAR NOT NULL,
    guid VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    author VARCHAR NOT NULL,
    content VARCHAR NOT NULL,           -- inline text of the feed, for pages that cannot be had
    published_at TIMESTAMPTZ,
    updated_at TIMESTAMPTZ,
    content_hash VARCHAR NOT NULL,      -- of what, when changed, makes the page worth reading again
    first_seen_at TIMESTAMPTZ NOT NULL,
    last_seen_at TIMESTAMPTZ NOT NULL,
    is_history BOOLEAN NOT NULL,
    state VARCHAR NOT NULL,             -- waiting | read | dropped
    reason VARCHAR NOT NULL,
    attempts INTEGER NOT NULL,
    next_attempt_at TIMESTAMPTZ,
    etag VARCHAR NOT NULL,
    last_modified VARCHAR NOT NULL,
    article_id VARCHAR
);

CREATE TABLE store.articles (
    article_id VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    publisher VARCHAR NOT NULL,
    feed_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,              -- seed | import | feed
    title VARCHAR NOT NULL,
    byline VARCHAR NOT NULL,
    published_at TIMESTAMPTZ,
    first_seen_at TIMESTAMPTZ NOT NULL,
    fetched_at TIMESTAMPTZ NOT NULL,
    language VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    text_hash VARCHAR NOT NULL,
    words INTEGER NOT NULL,
    themes VARCHAR[] NOT NULL,
    story_id VARCHAR NOT NULL,
    revision INTEGER NOT NULL,
    extractor_version VARCHAR NOT NULL,
    is_live BOOLEAN NOT NULL,           -- whether its statements may raise alerts
    analysed_revision INTEGER,          -- null: waits for analysis
    model_version VARCHAR NOT NULL,
    detected_at TIMESTAMPTZ             -- null: waits for detection
);

CREATE TABLE store.article_revisions (
    article_id VARCHAR NOT NULL,
    revision INTEGER NOT NULL,
    title VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    fetched_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE store.statements (
    statement_id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    actor_id VARCHAR,                   -- null: collective or anonymous
    person VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    organisation VARCHAR NOT NULL,
    actor_type VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    start_char INTEGER NOT NULL,
    end_char INTEGER NOT NULL,
    quote_kind VARCHAR NOT NULL,
    stance VARCHAR NOT NULL,
    stance_score DOUBLE NOT NULL,
    confidence DOUBLE NOT NULL,
    evidence_start INTEGER NOT NULL,
    evidence_end INTEGER NOT NULL,
    themes VARCHAR[] NOT NULL,
    words_key VARCHAR NOT NULL,         -- the same words, whatever the typography
    shingles BIGINT[] NOT NULL,         -- hashes of its word trigrams, for near-copies
    model_version VARCHAR NOT NULL,
    corrected BOOLEAN NOT NULL,
    first_revision INTEGER NOT NULL,    -- of its article, in which it appeared; 0: found by a later engine
    original_id VARCHAR                 -- the statement in which these words were first seen; null: not yet decided
);

-- What one actor's new words in one article add up to; one row per article and identified actor.
CREATE TABLE store.positions (
    article_id VARCHAR NOT NULL,
    actor_id VARCHAR NOT NULL,
    stance VARCHAR NOT NULL,
    confidence DOUBLE NOT NULL,
    statement_id VARCHAR NOT NULL,      -- the surest statement that carries the stance
    themes VARCHAR[] NOT NULL,
    is_new BOOLEAN NOT NULL,            -- has words that nobody printed before: it counts in the history
    is_fresh BOOLEAN NOT NULL,          -- has words that this revision brought: it may make an event
    said_at TIMESTAMPTZ NOT NULL,       -- published, or first seen where no date is printed
    first_seen_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE store.events (
    event_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,              -- first | shift | theme | repeat
    actor_id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    statement_id VARCHAR NOT NULL,
    stance VARCHAR NOT NULL,
    confidence DOUBLE NOT NULL,
    previous_statement_id VARCHAR,
    previous_article_id VARCHAR,
    previous_stance VARCHAR,
    previous_at TIMESTAMPTZ,
    new_themes VARCHAR[] NOT NULL,
    detected_at TIMESTAMPTZ NOT NULL,
    run_id VARCHAR NOT NULL,
    model_version VARCHAR NOT NULL
);

-- The outbox: a row per event and destination, written in the transaction that records the event.
CREATE TABLE store.alerts (
    alert_id VARCHAR NOT NULL,
    event_id VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    destination VARCHAR NOT NULL,
    timing VARCHAR NOT NULL,            -- at_once | digest
    status VARCHAR NOT NULL,            -- pending | sending | sent | held | unknown | dead
    attempts INTEGER NOT NULL,
    is_repeat BOOLEAN NOT NULL,         -- it may have arrived before: sent again once, and marked
    recipients VARCHAR[] NOT NULL,      -- empty: all; else those who did not get it yet
    created_at TIMESTAMPTZ NOT NULL,
    next_attempt_at TIMESTAMPTZ
);

CREATE TABLE store.deliveries (
    alert_id VARCHAR NOT NULL,          -- an alert's, or a digest's
    destination VARCHAR NOT NULL,
    attempt INTEGER NOT NULL,
    outcome VARCHAR NOT NULL,           -- sent | failed | unknown | dead
    attempted_at TIMESTAMPTZ NOT NULL,
    detail VARCHAR NOT NULL
);

-- A digest is a record with its window; the alerts in it are those held for its destination when it was made.
CREATE TABLE store.digests (
    digest_id VARCHAR NOT NULL,
    destination VARCHAR NOT NULL,
    window_start TIMESTAMPTZ NOT NULL,
    window_end TIMESTAMPTZ NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE store.drops (
    url VARCHAR NOT NULL,
    stage VARCHAR NOT NULL,             -- poll | read | analyse | import
    reason VARCHAR NOT NULL,
    dropped_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE store.seeds (
    file VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    loaded_at TIMESTAMPTZ NOT NULL
);
