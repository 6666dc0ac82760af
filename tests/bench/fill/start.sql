-- Who may speak, for whom, and in which words: as many people as such a history has, few of them in most articles.
CREATE OR REPLACE TEMP TABLE settings AS
SELECT
    $articles::BIGINT AS articles, CAST(60 * sqrt($articles) AS BIGINT) AS people, $model::VARCHAR AS model, $reader::VARCHAR AS reader,
    $sketch::VARCHAR AS sketch, $ends_at::TIMESTAMPTZ AS ends_at, $words::VARCHAR[] AS words,
    ['government', 'national_body', 'membership_body', 'local_nhs', 'local_government', 'union_professional',
        'think_tank', 'parliament', 'patient_voluntary', 'other'] AS kinds,
    ['autonomy_control', 'devolution', 'system_working', 'neighbourhood_place', 'structural_reform',
        'regulation_oversight', 'accountability', 'finance', 'workforce', 'leadership', 'local_government',
        'performance', 'national_strategy', 'public_voice'] AS subjects,
    ['local', 'central', 'balanced'] AS sides;

-- A number between 0 and 1 of a seed, and one of so many, the first of them often, the last seldom.
CREATE OR REPLACE TEMP MACRO share(seed) AS hash(seed) / 18446744073709551616.0;
CREATE OR REPLACE TEMP MACRO one_of(many, seed) AS CAST(floor(pow(many, share(seed))) AS BIGINT);
CREATE OR REPLACE TEMP MACRO key(kind, number) AS substr(md5(kind || number), 1, 16);

-- A tenth of the people are known in two circles; the first articles are seeds.
INSERT INTO store.personas
SELECT
    key('p', who || circle), 'first' || who % 400 || ' last' || who % 7001, 'body ' || (who + circle) % 1500,
    'last' || who % 7001, ['first' || who % 400], key('p', who || '0')
FROM settings, range(0, people + 1) AS t (who), range(0, 2) AS c (circle)
WHERE circle = 0 OR who % 10 = 0;

INSERT INTO store.voices SELECT persona_id, replace(scope, 'body', 'Body') FROM store.personas;

INSERT INTO store.feeds BY NAME
SELECT
    'feed-' || n AS feed_id, 'Outlet ' || n AS publisher, 'newswire' AS kind, 'https://outlet-' || n || '.example/' AS homepage,
    'https://outlet-' || n || '.example/feed' AS configured_url, 'https://outlet-' || n || '.example/feed' AS url,
    'feed' AS format, 30 AS interval_minutes, 0 AS expected_7d, true AS is_configured, '' AS etag, '' AS last_modified,
    '' AS body_hash, 'ok' AS status, '' AS reason, 0 AS failures,
    ends_at - to_minutes(5 * articles) AS baseline_at, ends_at AS last_ok_at,
    '2100-01-01'::TIMESTAMPTZ AS next_fetch_at, ends_at - to_minutes(10 * n) AS changed_at, true AS is_dated, true AS was_dated
FROM settings, range(0, 114) AS t (n);

-- The requests of ninety days, as upkeep keeps them, and a run each half hour.
INSERT INTO store.fetches
SELECT
    key('r', poll), f.url, f.url, f.feed_id, 'feed', ends_at - to_minutes(30 * poll),
    CASE WHEN poll % 3 = 0 THEN 'ok' ELSE 'not_modified' END, '', 200, 20000, 0.3
FROM settings, range(0, least(48 * 90, articles // 6)) AS t (poll), store.feeds AS f;

INSERT INTO store.runs BY NAME
SELECT
    key('r', poll) AS run_id, 'monitor' AS flow, 1 AS pid, ends_at - to_minutes(30 * poll) AS started_at,
    ends_at - to_minutes(30 * poll - 1) AS heartbeat_at, ends_at - to_minutes(30 * poll - 1) AS finished_at,
    'completed' AS status, '' AS detail, MAP {'articles_new': 6, 'statements': 36} AS counts
FROM settings, range(0, articles // 6) AS t (poll);
