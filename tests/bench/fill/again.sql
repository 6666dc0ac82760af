-- The whole history so far once more, behind itself, in other articles: other ids, dates and hashes of words, partly other
-- people. Compression looks at a few hundred texts at a time, so words that come again after many thousands save nothing.
CREATE OR REPLACE TEMP TABLE pass AS
SELECT $pass::BIGINT AS number, to_minutes(5 * $behind::BIGINT) AS later, number % 3 AS crowd;
CREATE OR REPLACE TEMP MACRO other(id, number) AS substr(md5(id || number), 1, 16);
CREATE OR REPLACE TEMP MACRO somebody(id, crowd) AS CASE WHEN crowd = 0 THEN id ELSE substr(md5(id || 'crowd' || crowd), 1, 16) END;
CREATE OR REPLACE TEMP MACRO called(name, crowd) AS CASE WHEN crowd = 0 OR name = '' THEN name ELSE name || '-' || ['', 'Smith', 'Jones'][crowd + 1] END;

INSERT INTO store.personas
SELECT DISTINCT
    somebody(persona_id, crowd), CASE WHEN crowd = 0 THEN name ELSE lower(called(name, crowd)) END, scope,
    CASE WHEN crowd = 0 THEN surname ELSE lower(called(surname, crowd)) END, first_names, somebody(actor_id, crowd)
FROM base.personas, pass
WHERE number BETWEEN 1 AND 2;

INSERT INTO store.voices
SELECT somebody(persona_id, crowd), voice FROM base.voices, pass WHERE number BETWEEN 1 AND 2;

INSERT INTO store.articles
SELECT * EXCLUDE (number, later, crowd) REPLACE (
    other(article_id, number) AS article_id, url || number AS url, other(text_hash, number) AS text_hash, other(story_id, number) AS story_id,
    title || ' ' || number AS title, published_at + later AS published_at, first_seen_at + later AS first_seen_at,
    fetched_at + later AS fetched_at, detected_at + later AS detected_at, 'feed' AS kind, true AS is_live,
    CASE WHEN kind = 'seed' THEN 'feed-0' ELSE feed_id END AS feed_id)
FROM base.articles, pass;

INSERT INTO store.article_revisions
SELECT * EXCLUDE (number, later, crowd) REPLACE (other(article_id, number) AS article_id, fetched_at + later AS fetched_at)
FROM base.article_revisions, pass;

INSERT INTO store.statements
SELECT * EXCLUDE (number, later, crowd) REPLACE (
    other(statement_id, number) AS statement_id, other(article_id, number) AS article_id, other(original_id, number) AS original_id,
    somebody(actor_id, crowd) AS actor_id, somebody(persona_id, crowd) AS persona_id, somebody(settled_actor_id, crowd) AS settled_actor_id,
    called(person, crowd) AS person, other(words_key, number) AS words_key, other(question_id, number) AS question_id, settled_at + later AS settled_at,
    url || number AS url, other(story_id, number) AS story_id, title || ' ' || number AS title, published_at + later AS published_at,
    first_seen_at + later AS first_seen_at, 'feed' AS kind, CASE WHEN kind = 'seed' THEN 'feed-0' ELSE feed_id END AS feed_id,
    list_sort(list_transform(shingles, lambda s: xor(s, (hash(number) & 4294967295)::UINTEGER))) AS shingles)
FROM base.statements, pass;

INSERT INTO store.word_runs
SELECT xor(low_bits, (hash(number) & 1048575)::UINTEGER), high_bits, other(statement_id, number) FROM base.word_runs, pass;

INSERT INTO store.positions
SELECT * EXCLUDE (number, later, crowd) REPLACE (
    other(article_id, number) AS article_id, other(statement_id, number) AS statement_id, somebody(actor_id, crowd) AS actor_id,
    said_at + later AS said_at, first_seen_at + later AS first_seen_at)
FROM base.positions, pass;

INSERT INTO store.sketches
SELECT * EXCLUDE (number, later, crowd) REPLACE (
    other(article_id, number) AS article_id, other(text_hash, number) AS text_hash, title || ' ' || number AS title,
    other(title_key, number) AS title_key, other(words_key, number) AS words_key)
FROM base.sketches, pass;

INSERT INTO store.sketch_bands
SELECT other(article_id, number), xor(band, (hash(number) & 4294967295)::UINTEGER)
FROM base.sketch_bands, pass;

INSERT INTO store.story_links SELECT other(article_id, number), other(other_id, number) FROM base.story_links, pass;

INSERT INTO store.entries
SELECT * EXCLUDE (number, later, crowd) REPLACE (
    other(entry_id, number) AS entry_id, url || number AS url, canonical_url || number AS canonical_url, guid || '-' || number AS guid,
    published_at + later AS published_at, dated_at + later AS dated_at, updated_at + later AS updated_at,
    first_seen_at + later AS first_seen_at, last_seen_at + later AS last_seen_at, other(content_hash, number) AS content_hash,
    other(article_id, number) AS article_id)
FROM base.entries, pass;

INSERT INTO store.entry_aliases
SELECT other(entry_id, number), feed_id, CASE WHEN feed_id = '' THEN name || number ELSE name || '-' || number END
FROM base.entry_aliases, pass;

INSERT INTO store.drops SELECT url || number, stage, reason, dropped_at + later FROM base.drops, pass;

INSERT INTO store.meanings
SELECT * EXCLUDE (number, later, crowd) REPLACE (other(statement_id, number) AS statement_id, xor(bits_1, CAST(hash(number) >> 1 AS BIGINT)) AS bits_1)
FROM base.meanings, pass;

INSERT INTO store.echoes SELECT other(statement_id, number), seed_statement_id, nearness FROM base.echoes, pass;

-- The index of words: the same words in documents of other numbers.
CREATE OR REPLACE TEMP TABLE behind AS
SELECT s.*, p.number * (SELECT max(segment) FROM base.segments) AS segments, p.number * d.docs AS docs
FROM base.segments AS s
JOIN (
    SELECT 'article' AS kind, max(doc) + 1 AS docs FROM base.indexed_articles
    UNION ALL
    SELECT 'statement', max(doc) + 1 FROM base.indexed_statements
) AS d USING (kind), pass AS p;

INSERT INTO store.indexed_articles
SELECT * EXCLUDE (number, later, crowd, docs) REPLACE (
    other(article_id, number) AS article_id, doc + docs AS doc, other(text_hash, number) AS text_hash, title || ' ' || number AS title)
FROM base.indexed_articles, pass, (SELECT DISTINCT docs FROM behind WHERE kind = 'article');

INSERT INTO store.indexed_statements
SELECT other(statement_id, number), doc + s.docs, article_doc + a.docs
FROM base.indexed_statements, pass, (SELECT DISTINCT docs FROM behind WHERE kind = 'statement') AS s,
    (SELECT DISTINCT docs FROM behind WHERE kind = 'article') AS a;

INSERT INTO store.segments SELECT segment + segments, kind, level, first_doc + docs, last_doc + docs FROM behind;

INSERT INTO store.postings
SELECT segment + b.segments, stem, list_transform(p.docs, lambda weighed: CAST(weighed + (b.docs << 5) AS UINTEGER))
FROM base.postings AS p JOIN behind AS b USING (segment);

INSERT INTO store.pairs
SELECT segment + b.segments, pair, list_transform(p.docs, lambda doc: CAST(doc + b.docs AS INTEGER))
FROM base.pairs AS p JOIN behind AS b USING (segment);
