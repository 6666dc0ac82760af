-- Who is who across articles. A persona is a name in the circle where an article places it; an actor is one or more
-- personas. Until the engine reads a statement again, its actor of old is a name without a circle: the same hash.
CREATE TABLE store.personas (
    persona_id VARCHAR NOT NULL,        -- hash of name and scope
    name VARCHAR NOT NULL,              -- in lower case
    scope VARCHAR NOT NULL,             -- known | state | organisation | a body in plain words | empty: none is printed
    surname VARCHAR NOT NULL,
    first_names VARCHAR[] NOT NULL,     -- the printed one and those that it may be short for
    actor_id VARCHAR NOT NULL           -- the actor it is a persona of: the least of his or her personas
);

-- One article prints both circles beside one person.
CREATE TABLE store.persona_ties (
    article_id VARCHAR NOT NULL,
    persona_id VARCHAR NOT NULL,
    other_id VARCHAR NOT NULL
);

-- What an analyst decided, never changed: of two verdicts on the same personas the later one holds.
CREATE TABLE store.actor_verdicts (
    verdict_id VARCHAR NOT NULL,        -- the same for all rows of one decision
    kind VARCHAR NOT NULL,              -- merge | split
    persona_id VARCHAR NOT NULL,
    other_id VARCHAR,                   -- merge: the same actor; split: another one; null: split from everybody
    decided_by VARCHAR NOT NULL,
    decided_at TIMESTAMPTZ NOT NULL,
    note VARCHAR NOT NULL
);

ALTER TABLE store.statements ADD COLUMN persona_id VARCHAR;
ALTER TABLE store.statements ADD COLUMN settled_at TIMESTAMPTZ;
ALTER TABLE store.statements ADD COLUMN settled_actor_id VARCHAR;
ALTER TABLE store.events ADD COLUMN seen_at TIMESTAMPTZ;

INSERT INTO store.personas
SELECT DISTINCT ON (actor_id)
    actor_id, lower(CASE WHEN person <> '' THEN person ELSE organisation END),
    CASE WHEN person <> '' THEN '' ELSE 'organisation' END, '', [], actor_id
FROM store.statements
WHERE actor_id IS NOT NULL
ORDER BY actor_id, statement_id;

UPDATE store.statements SET
    persona_id = actor_id,
    settled_at = CASE WHEN original_id IS NOT NULL THEN a.first_seen_at END,
    settled_actor_id = CASE WHEN original_id IS NOT NULL THEN actor_id END
FROM store.articles AS a
WHERE a.article_id = statements.article_id;

UPDATE store.events SET seen_at = a.first_seen_at
FROM store.articles AS a
WHERE a.article_id = events.article_id;
