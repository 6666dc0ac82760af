-- One article each five minutes up to the last; one in twenty is another outlet's copy of the first of its eight.
CREATE OR REPLACE TEMP TABLE made_articles AS
WITH numbered AS (
    SELECT n, CASE WHEN n % 8 > 0 AND hash(n, 'copy') % 18 = 0 THEN n - n % 8 ELSE n END AS source
    FROM range($start, $stop) AS t (n)
),
filled AS (
    SELECT n, source, list_transform(range(6), lambda part: array_to_string(list_transform(range(75),
        lambda k: words[one_of(30000, hash(source, part, k))]), ' ')) AS fillers
    FROM numbered, settings
)
SELECT
    f.*, key('a', n) AS article_id, ends_at - to_minutes(5 * (articles - n)) AS published_at,
    one_of(150, hash(n, 'outlet')) - 1 AS outlet
FROM filled AS f, settings;

-- Six statements an article, between its paragraphs. Most of those who speak are people; most take the side they mostly take.
CREATE OR REPLACE TEMP TABLE made AS
WITH said AS (
    SELECT
        n, source, place, article_id, published_at, one_of(people, hash(source, place, 'who')) AS who,
        hash(source, place, 'voice') % 20 AS voice, share(hash(source, place, 'side')) AS side,
        list_transform(range(CAST(12 + hash(source, place) % 28 AS BIGINT)),
            lambda k: words[one_of(30000, hash(source, place, k, 'said'))]) AS said
    FROM made_articles, settings, range(0, 6) AS t (place)
),
told AS (
    SELECT
        s.*, CASE WHEN voice = 19 THEN NULL ELSE CASE WHEN who % 10 = 0 AND voice > 12 THEN 1 ELSE 0 END END AS circle,
        CASE WHEN side < 0.55 THEN 'none'
            WHEN side < 0.92 THEN sides[1 + who % 3]
            ELSE sides[CAST(1 + hash(source, place, 'other') % 3 AS BIGINT)] END AS stance
    FROM said AS s, settings
)
SELECT
    t.* EXCLUDE (side, voice, said), array_to_string(said, ' ') AS text, key('s', n * 6 + place) AS statement_id,
    CASE WHEN source <> n THEN key('s', source * 6 + place) ELSE key('s', n * 6 + place) END AS original_id,
    key('p', who || circle) AS persona_id, CASE WHEN circle IS NOT NULL THEN key('p', who || '0') END AS actor_id,
    CASE WHEN circle IS NULL OR who % 10 IN (3, 6, 9) THEN '' ELSE 'First' || who % 400 || ' Last' || who % 7001 END AS person,
    CASE WHEN circle IS NULL THEN '' ELSE 'Body ' || (who + circle) % 1500 END AS organisation,
    kinds[1 + who % 10] AS actor_type,
    list_distinct([subjects[one_of(14, hash(source, place, 'theme'))], subjects[one_of(14, hash(source, place, 'too'))]]) AS themes,
    key('w', source * 6 + place) AS words_key,
    list_sort(list_transform(range(1, len(said) - 1),
        lambda k: CAST(hash(said[k], said[k + 1], said[k + 2]) & 4294967295 AS UINTEGER))) AS shingles,
    70 + hash(source, place, 'sure') % 30 AS percent
FROM told AS t, settings;

CREATE OR REPLACE TEMP TABLE placed AS
SELECT
    statement_id, n, place, text, CAST(
        list_sum(list_transform(fillers[:place + 1], lambda f: length(f) + 2))
        + coalesce(sum(length(text) + 2) OVER (PARTITION BY n ORDER BY place ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)
        AS BIGINT) AS start_char
FROM made JOIN made_articles USING (n);

CREATE OR REPLACE TEMP TABLE printed AS
SELECT
    n, a.article_id, 'https://outlet-' || outlet || '.example/news/' || words[one_of(30000, hash(n, 't1'))] || '-'
        || words[one_of(30000, hash(n, 't2'))] || '-' || words[one_of(30000, hash(n, 't3'))] || '-' || n AS url,
    'Outlet ' || outlet AS publisher, CASE WHEN n < 40 THEN '' ELSE 'feed-' || outlet % 114 END AS feed_id,
    CASE WHEN n < 40 THEN 'seed' ELSE 'feed' END AS kind,
    array_to_string(list_transform(range(9), lambda k: words[one_of(30000, hash(source, k, 'title'))]), ' ') AS title,
    'By First' || n % 400 || ' Last' || n % 977 AS byline, published_at, published_at + INTERVAL 20 MINUTE AS first_seen_at,
    published_at + INTERVAL 21 MINUTE AS fetched_at, 'en' AS language, t.text, key('h', source) AS text_hash, 600 AS words,
    [subjects[one_of(14, hash(source, 0, 'theme'))]] AS themes, key('a', source) AS story_id,
    CASE WHEN n % 50 = 0 THEN 2 ELSE 1 END AS revision, '1' AS extractor_version,
    n > 2000 AS is_live, CASE WHEN n % 50 = 0 THEN 2 ELSE 1 END AS analysed_revision, model AS model_version,
    published_at + INTERVAL 25 MINUTE AS detected_at, CASE WHEN n % 50 = 0 THEN 2 ELSE 1 END AS detected_revision, 'page' AS text_source
FROM settings, made_articles AS a
JOIN (
    SELECT n, string_agg(fillers[place + 1] || chr(10) || chr(10) || p.text, chr(10) || chr(10) ORDER BY place) AS text
    FROM placed AS p JOIN made_articles USING (n) GROUP BY n
) AS t USING (n);

INSERT INTO store.articles BY NAME SELECT * EXCLUDE (n) FROM printed ORDER BY n;

INSERT INTO store.article_revisions
SELECT article_id, 1, title, substr(text, 1, length(text) - 300), fetched_at - INTERVAL 1 MINUTE
FROM printed
WHERE revision = 2;

INSERT INTO store.statements BY NAME
SELECT
    m.statement_id, m.article_id, m.actor_id, m.person, CASE WHEN circle IS NULL THEN 'ward managers' ELSE 'chair' END AS role,
    m.organisation, m.actor_type, m.text, p.start_char, p.start_char + length(m.text) AS end_char,
    CASE hash(m.n, m.place, 'kind') % 4 WHEN 0 THEN 'indirect' ELSE 'direct' END AS quote_kind, m.stance,
    CASE m.stance WHEN 'local' THEN percent / 100 WHEN 'central' THEN -percent / 100 ELSE 0 END AS stance_score,
    percent / 100 AS confidence, p.start_char AS evidence_start, p.start_char + 40 AS evidence_end, m.themes, m.words_key,
    m.shingles, model AS model_version, false AS corrected, m.original_id, true AS is_current, m.persona_id,
    m.published_at + INTERVAL 25 MINUTE AS settled_at, m.actor_id AS settled_actor_id, key('q', m.source * 6 + m.place) AS question_id,
    coalesce(nullif(m.organisation, ''), m.persona_id) AS settled_voice, a.url, a.publisher, a.published_at, a.title,
    a.byline, a.kind, a.feed_id, a.story_id, a.first_seen_at
FROM settings, made AS m JOIN placed AS p USING (statement_id) JOIN printed AS a ON a.n = m.n
ORDER BY m.n, m.place;

INSERT INTO store.word_runs
SELECT run & 1048575, (run >> 20) & 4095, statement_id
FROM (
    SELECT statement_id, xor(CAST(unnest(shingles) AS UBIGINT), md5_number_lower(organisation)) AS run
    FROM made
    WHERE organisation <> ''
);

INSERT INTO store.positions BY NAME
SELECT
    article_id, actor_id, arg_max(stance, percent) AS stance, max(percent) / 100 AS confidence,
    arg_max(statement_id, percent) AS statement_id, list_sort(list_distinct(flatten(list(themes)))) AS themes,
    any_value(n) = any_value(source) AS is_new, false AS is_fresh, any_value(published_at) AS said_at,
    any_value(published_at) + INTERVAL 20 MINUTE AS first_seen_at
FROM made
WHERE stance <> 'none' AND actor_id IS NOT NULL
GROUP BY article_id, actor_id
ORDER BY any_value(n);

INSERT INTO store.sketches
SELECT article_id, sketch, key('h', source), title, key('t', source), '', key('h', source)
FROM settings, made_articles JOIN (SELECT article_id, title FROM printed) USING (article_id);

INSERT INTO store.sketch_bands
SELECT article_id, CAST(hash(source, band) & 4294967295 AS UINTEGER) FROM made_articles, range(0, 60) AS t (band);

INSERT INTO store.story_links
SELECT key('a', n), key('a', source) FROM made_articles WHERE n <> source
UNION ALL
SELECT key('a', source), key('a', n) FROM made_articles WHERE n <> source;

INSERT INTO store.entries BY NAME
SELECT
    key('e', n) AS entry_id, a.feed_id, a.url, a.url AS canonical_url, 'guid-' || n AS guid, a.title, a.byline AS author,
    substr(a.text, 1, 300) AS content, a.published_at, a.published_at AS dated_at, a.published_at AS updated_at,
    a.text_hash AS content_hash, a.first_seen_at, a.first_seen_at + INTERVAL 1 DAY AS last_seen_at,
    n <= 2000 AS is_history, 'read' AS state, '' AS reason, 1 AS attempts, '' AS etag, '' AS last_modified, a.article_id
FROM settings, printed AS a
WHERE a.kind = 'feed'
ORDER BY n;

INSERT INTO store.entry_aliases
SELECT key('e', n), '', url FROM printed WHERE kind = 'feed'
UNION ALL
SELECT key('e', n), feed_id, 'guid-' || n FROM printed WHERE kind = 'feed';

INSERT INTO store.drops
SELECT 'https://outlet-' || outlet || '.example/film/' || n, 'read',
    ['is a video', 'shows no article', 'answered 404', 'robots.txt bars it'][CAST(1 + hash(n, 'drop') % 4 AS BIGINT)], published_at
FROM made_articles WHERE n % 20 = 0;

-- What they mean, by chance; one in two hundred is as if it came near what a seed says.
INSERT INTO store.meanings BY NAME
SELECT
    statement_id, reader AS version, CAST(hash(n, place, 'b1') >> 1 AS BIGINT) AS bits_1, CAST(hash(n, place, 'b2') >> 1 AS BIGINT) AS bits_2,
    CAST(hash(n, place, 'b3') >> 1 AS BIGINT) AS bits_3, CAST(hash(n, place, 'b4') >> 1 AS BIGINT) AS bits_4, '' AS echoed_with,
    CAST(list_transform(range(64), lambda k: CAST(hash(n, place, k) % 255 AS INTEGER) - 127) AS TINYINT[]) AS numbers
FROM settings, made;

INSERT INTO store.echoes BY NAME
SELECT
    statement_id, key('s', hash(n, place, 'seed') % 240) AS seed_statement_id,
    0.5 + 0.5 * share(hash(n, place, 'near')) AS nearness
FROM made
WHERE n >= 40 AND hash(n, place, 'echo') % 200 = 0;
