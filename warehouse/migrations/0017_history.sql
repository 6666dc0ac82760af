-- What is shown of positions, and the latest of each on each theme, beside them: see tallies.py.
-- The positions that count, with their words, their article, what was told of them, and the position before.
CREATE TABLE store.history (
    article_id VARCHAR NOT NULL,
    actor_id VARCHAR NOT NULL,
    statement_id VARCHAR NOT NULL,
    stance VARCHAR NOT NULL,
    confidence DOUBLE NOT NULL,
    themes VARCHAR[] NOT NULL,
    said_at TIMESTAMPTZ NOT NULL,
    first_seen_at TIMESTAMPTZ NOT NULL,
    previous_article_id VARCHAR,
    previous_statement_id VARCHAR,
    previous_stance VARCHAR,
    previous_said_at TIMESTAMPTZ,
    event_id VARCHAR,
    kind VARCHAR,                       -- of that event; null: none was made of it
    person VARCHAR NOT NULL,            -- this and what follows as shown of the statement, the article and the one before
    role VARCHAR NOT NULL,
    organisation VARCHAR NOT NULL,
    actor_type VARCHAR NOT NULL,
    quote VARCHAR NOT NULL,
    publisher VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    published_at TIMESTAMPTZ,
    article_kind VARCHAR NOT NULL,
    previous_quote VARCHAR,
    previous_publisher VARCHAR,
    previous_url VARCHAR
);

-- Some at a time: joined with all words at once, millions of positions would not fit into the memory that a run may take.
CREATE OR REPLACE TEMP TABLE held AS
SELECT
    article_id, actor_id, statement_id, stance, confidence, themes, said_at, first_seen_at,
    lag(article_id) OVER w AS previous_article_id, lag(statement_id) OVER w AS previous_statement_id,
    lag(stance) OVER w AS previous_stance, lag(said_at) OVER w AS previous_said_at,
    (row_number() OVER (ORDER BY said_at, first_seen_at, article_id, actor_id) - 1) * 8
        // greatest(count(*) OVER (), 2400000) AS part
FROM store.positions
WHERE is_new
WINDOW w AS (PARTITION BY hash(actor_id), actor_id ORDER BY said_at, first_seen_at, article_id);

CREATE OR REPLACE TEMP MACRO history(wanted) AS TABLE
WITH told AS (
    SELECT
        article_id, actor_id, arg_min(event_id, row(kind = 'repeat', detected_at, event_id)) AS event_id,
        arg_min(kind, row(kind = 'repeat', detected_at, event_id)) AS kind
    FROM store.events
    SEMI JOIN (FROM held WHERE part = wanted) USING (article_id, actor_id)
    GROUP BY article_id, actor_id
)
SELECT
    h.* EXCLUDE (part), e.event_id, e.kind, s.person, s.role, s.organisation, s.actor_type, s.text, a.publisher, a.title,
    a.url, a.published_at, a.kind, q.text, b.publisher, b.url
FROM held AS h
JOIN store.articles AS a ON a.article_id = h.article_id
JOIN store.statements AS s ON s.statement_id = h.statement_id
LEFT JOIN told AS e ON e.article_id = h.article_id AND e.actor_id = h.actor_id
LEFT JOIN store.articles AS b ON b.article_id = h.previous_article_id
LEFT JOIN store.statements AS q ON q.statement_id = h.previous_statement_id
WHERE h.part = wanted
ORDER BY h.said_at, h.first_seen_at, h.article_id, h.actor_id;

INSERT INTO store.history FROM history(0);
INSERT INTO store.history FROM history(1);
INSERT INTO store.history FROM history(2);
INSERT INTO store.history FROM history(3);
INSERT INTO store.history FROM history(4);
INSERT INTO store.history FROM history(5);
INSERT INTO store.history FROM history(6);
INSERT INTO store.history FROM history(7);
DROP MACRO TABLE history;
DROP TABLE held;

-- The latest position of each actor, and of each organisation whoever spoke for it, on each theme; an organisation's on
-- no theme in particular under an empty one.
CREATE TABLE store.sides (
    actor_id VARCHAR NOT NULL,          -- empty: the organisation's
    organisation VARCHAR NOT NULL,      -- empty: the actor's
    theme VARCHAR NOT NULL,
    stance VARCHAR NOT NULL,
    since TIMESTAMPTZ NOT NULL,
    previous_stance VARCHAR,
    said_at TIMESTAMPTZ NOT NULL,
    confidence DOUBLE NOT NULL,
    positions BIGINT NOT NULL,
    person VARCHAR NOT NULL,            -- this and what follows as shown of that position
    body VARCHAR NOT NULL,
    actor_type VARCHAR NOT NULL,
    quote VARCHAR NOT NULL,
    publisher VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    statement_id VARCHAR NOT NULL
);

CREATE OR REPLACE TEMP MACRO sides(part, parts) AS TABLE
WITH told AS (
    SELECT actor_id AS whose, '' AS house, unnest(themes) AS theme, h.* FROM store.history AS h
    WHERE hash(actor_id) % parts = part
    UNION ALL
    SELECT '', organisation, unnest(list_prepend('', themes)), h.* FROM store.history AS h
    WHERE organisation <> '' AND hash(organisation) % parts = part
),
placed AS (
    SELECT
        whose, house, theme, stance, said_at, article_id, actor_id, row_number() OVER w AS newest,
        lead(stance) OVER w AS stance_before
    FROM told
    WINDOW w AS (
        PARTITION BY hash(whose, house, theme), whose, house, theme
        ORDER BY said_at DESC, first_seen_at DESC, article_id DESC, person = '' DESC, confidence DESC, actor_id)
),
summed AS (
    SELECT
        whose, house, theme, count(*) AS positions, arg_min(article_id, newest) AS article_id,
        arg_min(actor_id, newest) AS actor_id,
        arg_min(said_at, newest) FILTER (stance IS DISTINCT FROM stance_before) AS since,
        arg_min(struct_pack(stance_before), newest) FILTER (stance IS DISTINCT FROM stance_before) AS change
    FROM placed
    GROUP BY whose, house, theme
)
SELECT
    p.whose, p.house, p.theme, h.stance, p.since, p.change.stance_before, h.said_at, h.confidence, p.positions, h.person,
    h.organisation, h.actor_type, h.quote, h.publisher, h.url, h.statement_id
FROM summed AS p
JOIN store.history AS h ON h.article_id = p.article_id AND h.actor_id = p.actor_id;

INSERT INTO store.sides FROM sides(0, 8);
INSERT INTO store.sides FROM sides(1, 8);
INSERT INTO store.sides FROM sides(2, 8);
INSERT INTO store.sides FROM sides(3, 8);
INSERT INTO store.sides FROM sides(4, 8);
INSERT INTO store.sides FROM sides(5, 8);
INSERT INTO store.sides FROM sides(6, 8);
INSERT INTO store.sides FROM sides(7, 8);
DROP MACRO TABLE sides;
