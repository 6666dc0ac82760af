-- What questions add up over the whole history, kept step by step in the transactions that change it (see tallies.py), and
-- what the ledger shows of an event beside the event, so that neither is worked out anew from millions of rows.
-- Thirty-two bits of a hash are enough to tell runs of words: the index of runs has no more, and pairs are compared by many.
-- (Tables are written anew: DuckDB cannot read a log again in which a column's type changed by such a function.)
CREATE TABLE store.narrowed AS
SELECT * REPLACE (
    list_distinct(list_transform(shingles, lambda run: CAST(run & 4294967295 AS UINTEGER))) AS shingles)
FROM store.statements;
DROP TABLE store.statements;
ALTER TABLE store.narrowed RENAME TO statements;

CREATE TABLE store.narrow_bands AS SELECT article_id, CAST(band & 4294967295 AS UINTEGER) AS band FROM store.sketch_bands;
DROP TABLE store.sketch_bands;
ALTER TABLE store.narrow_bands RENAME TO sketch_bands;

-- Under which name, for which body and as what kind each persona was heard, and how often; not by actor, since who is who
-- may change. Of a body's words that nobody said the persona is empty.
CREATE TABLE store.heard (
    persona_id VARCHAR NOT NULL,
    person VARCHAR NOT NULL,
    organisation VARCHAR NOT NULL,
    actor_type VARCHAR NOT NULL,
    is_current BOOLEAN NOT NULL,
    statements BIGINT NOT NULL,
    local BIGINT NOT NULL,
    central BIGINT NOT NULL,
    balanced BIGINT NOT NULL,
    first_published_at TIMESTAMPTZ,
    last_published_at TIMESTAMPTZ,
    publishers VARCHAR[] NOT NULL,
    place STRUCT(said_at TIMESTAMPTZ, first_seen_at TIMESTAMPTZ, article_id VARCHAR, start_char INTEGER), -- of the last
    role VARCHAR,                       -- the last that is printed; null: none is
    role_place STRUCT(said_at TIMESTAMPTZ, first_seen_at TIMESTAMPTZ, article_id VARCHAR, start_char INTEGER)
);

INSERT INTO store.heard
SELECT
    coalesce(s.persona_id, ''), s.person, s.organisation, s.actor_type, s.is_current, count(*),
    count(*) FILTER (s.stance = 'local'), count(*) FILTER (s.stance = 'central'), count(*) FILTER (s.stance = 'balanced'),
    min(a.published_at), max(a.published_at), list_sort(list(DISTINCT a.publisher)),
    max(struct_pack(
        said_at := coalesce(a.published_at, a.first_seen_at), first_seen_at := a.first_seen_at,
        article_id := s.article_id, start_char := s.start_char)) AS place,
    arg_max(s.role, struct_pack(
        said_at := coalesce(a.published_at, a.first_seen_at), first_seen_at := a.first_seen_at,
        article_id := s.article_id, start_char := s.start_char)) FILTER (s.role <> ''),
    max(struct_pack(
        said_at := coalesce(a.published_at, a.first_seen_at), first_seen_at := a.first_seen_at,
        article_id := s.article_id, start_char := s.start_char)) FILTER (s.role <> '')
FROM store.statements AS s
JOIN store.articles AS a USING (article_id)
WHERE s.persona_id IS NOT NULL OR s.organisation <> ''
GROUP BY ALL;

CREATE TABLE store.theme_months (
    month DATE NOT NULL,
    theme VARCHAR NOT NULL,
    statements BIGINT NOT NULL,
    articles BIGINT NOT NULL,
    local BIGINT NOT NULL,
    central BIGINT NOT NULL,
    balanced BIGINT NOT NULL
);

INSERT INTO store.theme_months
SELECT
    month, theme, count(*), count(DISTINCT article_id), count(*) FILTER (stance = 'local'),
    count(*) FILTER (stance = 'central'), count(*) FILTER (stance = 'balanced')
FROM (
    SELECT
        CAST(date_trunc('month', coalesce(a.published_at, a.first_seen_at)) AS DATE) AS month, unnest(s.themes) AS theme,
        s.stance, s.article_id
    FROM store.statements AS s
    JOIN store.articles AS a USING (article_id)
    WHERE s.is_current
)
GROUP BY month, theme;

-- Written anew, since changing each row in place would need the memory of all of them.
CREATE TABLE store.told (
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
    model_version VARCHAR NOT NULL,
    seen_at TIMESTAMPTZ,
    -- what follows is shown of its statement, article and predecessor; see show_events.sql
    person VARCHAR,
    role VARCHAR,
    organisation VARCHAR,
    actor_type VARCHAR,
    quote VARCHAR,
    evidence VARCHAR,
    themes VARCHAR[],
    original_id VARCHAR,
    url VARCHAR,
    title VARCHAR,
    publisher VARCHAR,
    published_at TIMESTAMPTZ,
    first_seen_at TIMESTAMPTZ,
    previous_url VARCHAR,
    previous_publisher VARCHAR,
    previous_quote VARCHAR
);

-- Some at a time: joined with all words at once, millions of events would not fit into the memory that a run may take.
CREATE OR REPLACE TEMP TABLE told_parts AS
SELECT
    event_id,
    (row_number() OVER (ORDER BY detected_at, event_id) - 1) * 8 // greatest(count(*) OVER (), 2400000) AS part
FROM store.events;

CREATE OR REPLACE TEMP MACRO told(wanted) AS TABLE
SELECT
    e.*, s.person, s.role, s.organisation, s.actor_type, s.text,
    substr(s.text, s.evidence_start - s.start_char + 1, s.evidence_end - s.evidence_start),
    coalesce(t.themes, s.themes), s.original_id, a.url, a.title, a.publisher, a.published_at, a.first_seen_at, p.url,
    p.publisher, q.text
FROM store.events AS e
JOIN told_parts AS k USING (event_id)
JOIN store.articles AS a USING (article_id)
JOIN store.statements AS s USING (statement_id)
LEFT JOIN store.articles AS p ON p.article_id = e.previous_article_id
LEFT JOIN store.statements AS q ON q.statement_id = e.previous_statement_id
LEFT JOIN store.positions AS t ON t.article_id = e.article_id AND t.actor_id = e.actor_id
WHERE k.part = wanted
ORDER BY e.detected_at, e.event_id;

INSERT INTO store.told FROM told(0);
INSERT INTO store.told FROM told(1);
INSERT INTO store.told FROM told(2);
INSERT INTO store.told FROM told(3);
INSERT INTO store.told FROM told(4);
INSERT INTO store.told FROM told(5);
INSERT INTO store.told FROM told(6);
INSERT INTO store.told FROM told(7);
DROP MACRO TABLE told;
DROP TABLE told_parts;

DROP TABLE store.events;
ALTER TABLE store.told RENAME TO events;

-- All prints of words that were printed more than once.
CREATE TABLE store.reprints (
    original_id VARCHAR NOT NULL,
    statement_id VARCHAR NOT NULL,
    publisher VARCHAR NOT NULL
);

INSERT INTO store.reprints
SELECT s.original_id, s.statement_id, a.publisher
FROM store.statements AS s
JOIN store.articles AS a USING (article_id)
WHERE s.original_id IN (SELECT original_id FROM store.statements WHERE original_id <> statement_id);

-- Where each actor who took sides stands now.
CREATE TABLE store.standings (
    actor_id VARCHAR NOT NULL,
    person VARCHAR NOT NULL,            -- this and much below as shown of the statement and article of the latest position
    role VARCHAR NOT NULL,
    organisation VARCHAR NOT NULL,
    actor_type VARCHAR NOT NULL,
    stance VARCHAR NOT NULL,
    confidence DOUBLE NOT NULL,
    themes VARCHAR[] NOT NULL,
    said_at TIMESTAMPTZ NOT NULL,
    since TIMESTAMPTZ NOT NULL,
    previous_stance VARCHAR,
    positions BIGINT NOT NULL,
    shifts BIGINT NOT NULL,
    statement_id VARCHAR NOT NULL,
    quote VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    publisher VARCHAR NOT NULL,
    published_at TIMESTAMPTZ
);

INSERT INTO store.standings
WITH held AS (
    SELECT
        actor_id, article_id, statement_id, stance, said_at, row_number() OVER w AS newest,
        lead(stance) OVER w AS stance_before
    FROM store.positions
    WHERE is_new
    WINDOW w AS (
        PARTITION BY hash(actor_id), actor_id ORDER BY said_at DESC, first_seen_at DESC, article_id DESC)
),
summed AS (
    SELECT
        actor_id, arg_min(said_at, newest) FILTER (stance IS DISTINCT FROM stance_before) AS since,
        arg_min(struct_pack(stance_before), newest) FILTER (stance IS DISTINCT FROM stance_before) AS change,
        count(*) AS positions, count(*) FILTER (stance <> stance_before) AS shifts
    FROM held
    GROUP BY actor_id
)
SELECT
    h.actor_id, s.person, s.role, s.organisation, s.actor_type, p.stance, p.confidence, p.themes, p.said_at, c.since,
    c.change.stance_before, c.positions, c.shifts, h.statement_id, s.text, h.article_id, a.url, a.title, a.publisher,
    a.published_at
FROM held AS h
JOIN summed AS c ON c.actor_id = h.actor_id
JOIN store.positions AS p ON p.article_id = h.article_id AND p.actor_id = h.actor_id AND p.is_new
JOIN store.statements AS s ON s.statement_id = h.statement_id
JOIN store.articles AS a ON a.article_id = h.article_id
WHERE h.newest = 1;
