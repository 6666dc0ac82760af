-- Words as printed; with apostrophes and accents, without anything else.
CREATE OR REPLACE MACRO store.word_pattern() AS '[\p{L}\p{N}\p{M}]+(?:[''’][\p{L}\p{M}]+)*';

CREATE OR REPLACE MACRO store.printed_words(printed) AS regexp_extract_all(printed, store.word_pattern());

-- The same words whatever their case, accents and apostrophes: what is indexed, and what is asked for.
CREATE OR REPLACE MACRO store.bare(printed) AS lower(strip_accents(replace(printed, '’', '''')));

CREATE OR REPLACE MACRO store.words_of(printed) AS store.printed_words(store.bare(printed));

-- Two words side by side, or with idle ones between them. The hash is one that every version of DuckDB makes alike.
CREATE OR REPLACE MACRO store.pair_key(one, other) AS
    CAST(md5_number_lower(one || ' ' || other) & 1048575 AS UINTEGER);

-- Words that stand in every text and tell nothing: not indexed, and looked at in phrases only.
CREATE OR REPLACE MACRO store.is_idle(word) AS word IN (
    '', 'a', 'an', 'and', 'are', 'as', 'at', 'be', 'been', 'but', 'by', 'for', 'from', 'had', 'has', 'have', 'he', 'her',
    'his', 'if', 'in', 'is', 'its', 'of', 'on', 'or', 'our', 'she', 'so', 'than', 'that', 'the', 'their', 'them', 'then',
    'there', 'they', 'this', 'those', 'to', 'was', 'we', 'were', 'which', 'will', 'with', 'would', 'you');

CREATE OR REPLACE MACRO store.telling_words(printed) AS
    list_filter(store.words_of(printed), lambda word: NOT store.is_idle(word));

-- What is printed from one word to another, with the marks that belong to them.
CREATE OR REPLACE MACRO store.cut_words(words, gaps, first, last) AS
    regexp_extract(gaps[first], '\S*$')
    || array_to_string(list_transform(range(first, last), lambda n: words[n] || gaps[n + 1]), '')
    || words[last] || regexp_extract(gaps[last + 1], '^\S*');

-- Texts and lists of documents lie in the store row beside row, many of them packed together: to read a hundred of them by
-- their ids or stems would be to unpack them all. So the rows are found first, and then taken fifty at a time, which DuckDB
-- does row by row.
CREATE OR REPLACE MACRO main.search(query) AS TABLE
WITH asked AS MATERIALIZED (
    SELECT left(translate(replace(coalesce(CAST(query AS VARCHAR), ''), chr(0), ' '), '“”„‟«»', '""""""'), 2000) AS text
),
phrases AS MATERIALIZED (
    SELECT DISTINCT ' ' || array_to_string(store.words_of(quoted), ' ') || ' ' AS phrase, store.telling_words(quoted) AS telling
    FROM (SELECT unnest(regexp_extract_all(text, '"([^"]+)"', 1)) AS quoted FROM asked)
    WHERE len(store.words_of(quoted)) > 0
),
asked_words AS MATERIALIZED (
    SELECT DISTINCT unnest(store.telling_words(text)[:50]) AS word FROM asked
),
-- A word that was never printed is looked for by the longest known stem that it begins with.
stems AS MATERIALIZED (
    SELECT stem FROM store.words WHERE word IN (SELECT word FROM asked_words)
    UNION
    SELECT coalesce(max_by(k.stem, length(k.stem)), a.word)
    FROM (
        SELECT word, left(word, CAST(unnest(range(greatest(4, length(word) - 5), length(word))) AS INTEGER)) AS beginning
        FROM asked_words
        ANTI JOIN store.words USING (word)
        WHERE length(word) < 60
    ) AS a
    LEFT JOIN store.words AS k ON k.stem = a.beginning
    GROUP BY a.word
),
terms AS MATERIALIZED (SELECT stem, CAST(row_number() OVER () AS UTINYINT) AS term FROM stems),
sought_pairs AS MATERIALIZED (
    SELECT DISTINCT store.pair_key(one, other) AS pair
    FROM (SELECT unnest(telling[:-2]) AS one, unnest(telling[2:]) AS other FROM phrases)
),
paired AS MATERIALIZED (
    SELECT doc
    FROM (SELECT unnest(docs) AS doc FROM store.pairs WHERE pair IN (SELECT pair FROM sought_pairs))
    GROUP BY doc
    HAVING count(*) = (SELECT count(*) FROM sought_pairs)
),
posting_rows AS MATERIALIZED (
    SELECT
        p.rowid AS row_id, t.term, CASE g.kind WHEN 'article' THEN 1 ELSE -1 END AS sign,
        row_number() OVER (ORDER BY p.rowid) // 51 AS fifty
    FROM store.postings AS p
    JOIN terms AS t USING (stem)
    JOIN store.segments AS g USING (segment)
),
posted AS MATERIALIZED (
    SELECT rowid AS row_id, docs FROM store.postings WHERE rowid IN (SELECT row_id FROM posting_rows WHERE fifty = 0)
    UNION ALL
    SELECT rowid, docs FROM store.postings WHERE rowid IN (SELECT row_id FROM posting_rows WHERE fifty = 1)
    UNION ALL
    SELECT rowid, docs FROM store.postings WHERE rowid IN (SELECT row_id FROM posting_rows WHERE fifty = 2)
    UNION ALL
    SELECT rowid, docs FROM store.postings WHERE rowid IN (SELECT row_id FROM posting_rows WHERE fifty >= 3)
),
-- From here on the numbers of statements are negative: one column for both kinds.
found AS MATERIALIZED (
    SELECT term, sign * CAST(weighed_doc >> 5 AS INTEGER) AS doc, CAST(weighed_doc & 31 AS UTINYINT) AS weight
    FROM (SELECT term, sign, unnest(docs) AS weighed_doc FROM posting_rows JOIN posted USING (row_id))
    WHERE doc NOT IN (SELECT CASE kind WHEN 'article' THEN d.doc ELSE -d.doc END FROM store.dead_docs AS d)
),
-- How much a word tells goes by how many articles print it, for statements too: so both can be put into one order.
telling AS MATERIALIZED (
    SELECT term, ln(1 + (total - printed + 0.5) / (printed + 0.5)) * 2.2 / 31 AS telling
    FROM (SELECT term, count(*) FILTER (doc > 0) AS printed FROM found GROUP BY term)
    CROSS JOIN (SELECT count(*) AS total FROM store.indexed_articles)
),
-- BM25, times the share of the words that are there at all.
best AS MATERIALIZED (
    SELECT doc, sum(weight * telling) * count(*) / (SELECT count(*) FROM terms) AS score
    FROM found
    JOIN telling USING (term)
    WHERE NOT EXISTS (FROM sought_pairs)
        OR doc IN (FROM paired)
        OR doc IN (SELECT -doc FROM store.indexed_statements WHERE article_doc IN (FROM paired))
    GROUP BY doc
    ORDER BY score DESC, abs(doc) DESC, doc
    LIMIT 200
),
-- Phrases are yet to be read for in the texts: some articles may print the pairs of words, but not all together.
chosen AS MATERIALIZED (
    SELECT doc, score FROM best
    QUALIFY EXISTS (FROM phrases) OR row_number() OVER (ORDER BY score DESC, abs(doc) DESC, doc) <= 100
),
said_rows AS MATERIALIZED (
    SELECT s.rowid AS row_id, c.score, row_number() OVER (ORDER BY s.rowid) // 51 AS fifty
    FROM chosen AS c
    JOIN store.indexed_statements AS i ON i.doc = -c.doc
    JOIN store.statements AS s USING (statement_id)
    WHERE s.is_current
),
said AS MATERIALIZED (
    SELECT
        rowid AS row_id, article_id, statement_id, person, organisation, stance, text, title, publisher, published_at, url
    FROM store.statements
    WHERE rowid IN (SELECT row_id FROM said_rows WHERE fifty = 0)
    UNION ALL
    SELECT
        rowid, article_id, statement_id, person, organisation, stance, text, title, publisher, published_at, url
    FROM store.statements
    WHERE rowid IN (SELECT row_id FROM said_rows WHERE fifty = 1)
    UNION ALL
    SELECT
        rowid, article_id, statement_id, person, organisation, stance, text, title, publisher, published_at, url
    FROM store.statements
    WHERE rowid IN (SELECT row_id FROM said_rows WHERE fifty = 2)
    UNION ALL
    SELECT
        rowid, article_id, statement_id, person, organisation, stance, text, title, publisher, published_at, url
    FROM store.statements
    WHERE rowid IN (SELECT row_id FROM said_rows WHERE fifty >= 3)
),
texts AS MATERIALIZED (
    SELECT i.article_id, c.score FROM chosen AS c JOIN store.indexed_articles AS i USING (doc)
),
article_rows AS MATERIALIZED (
    SELECT rowid AS row_id, row_number() OVER (ORDER BY rowid) // 51 AS fifty FROM store.articles
    WHERE article_id IN (SELECT article_id FROM texts)
),
printed AS MATERIALIZED (
    SELECT article_id, title, text, publisher, published_at, url FROM store.articles
    WHERE rowid IN (SELECT row_id FROM article_rows WHERE fifty = 0)
    UNION ALL
    SELECT article_id, title, text, publisher, published_at, url FROM store.articles
    WHERE rowid IN (SELECT row_id FROM article_rows WHERE fifty = 1)
    UNION ALL
    SELECT article_id, title, text, publisher, published_at, url FROM store.articles
    WHERE rowid IN (SELECT row_id FROM article_rows WHERE fifty = 2)
    UNION ALL
    SELECT article_id, title, text, publisher, published_at, url FROM store.articles
    WHERE rowid IN (SELECT row_id FROM article_rows WHERE fifty >= 3)
),
items AS MATERIALIZED (
    SELECT row_number() OVER () AS item, *
    FROM (
        SELECT
            'article' AS kind, t.score, p.title, NULL AS person, NULL AS organisation, NULL AS stance,
            [p.title] || string_split(p.text, chr(10) || chr(10)) AS parts, 50 AS longest,
            p.publisher, p.published_at, p.url, p.article_id, NULL AS statement_id
        FROM texts AS t
        JOIN printed AS p USING (article_id)
        UNION ALL
        SELECT
            'statement', r.score, s.title, s.person, s.organisation, s.stance, ['', s.text], 80,
            s.publisher, s.published_at, s.url, s.article_id, s.statement_id
        FROM said_rows AS r
        JOIN said AS s USING (row_id)
    )
),
parts AS MATERIALIZED (
    SELECT
        item, longest, unnest(parts) AS printed, generate_subscripts(parts, 1) AS part,
        store.printed_words(printed) AS words
    FROM items
),
forms AS MATERIALIZED (SELECT word, stem FROM store.words WHERE stem IN (SELECT stem FROM terms)),
-- Where it stands: the words in any form, and the phrases.
marks AS MATERIALIZED (
    SELECT s.item, s.part, s.place, s.word, f.stem AS mark, false AS is_phrase
    FROM (SELECT item, part, unnest(words) AS word, generate_subscripts(words, 1) AS place FROM parts) AS s
    JOIN forms AS f ON f.word = store.bare(s.word)
    UNION ALL
    SELECT item, part, length(lead) - length(replace(lead, ' ', '')) + 1, NULL, phrase, true
    FROM (
        SELECT b.item, b.part, p.phrase, split_part(b.bare, p.phrase, 1) AS lead
        FROM (SELECT item, part, ' ' || array_to_string(store.words_of(printed), ' ') || ' ' AS bare FROM parts) AS b
        JOIN phrases AS p ON contains(b.bare, p.phrase)
    )
),
kept AS (
    SELECT item, coalesce(list(DISTINCT word ORDER BY word) FILTER (word IS NOT NULL), []) AS matches
    FROM marks
    GROUP BY item
    HAVING count(DISTINCT mark) FILTER (is_phrase) = (SELECT count(*) FROM phrases)
),
weighed AS (
    SELECT
        item, part, count(DISTINCT mark) + 100 * count(DISTINCT mark) FILTER (is_phrase) AS worth,
        coalesce(min(place) FILTER (is_phrase), min(place)) AS place
    FROM marks
    WHERE part > 1
    GROUP BY item, part
),
-- The paragraph that has the most of them, from shortly before the first.
shown AS (
    SELECT
        item, printed, words, string_split_regex(printed, store.word_pattern()) AS gaps,
        greatest(1, least(coalesce(place, 1) - 10, len(words) - longest + 1)) AS first_word,
        least(first_word + longest - 1, len(words)) AS last_word
    FROM parts
    LEFT JOIN weighed USING (item, part)
    WHERE part > 1
    QUALIFY row_number() OVER (PARTITION BY item ORDER BY coalesce(worth, 0) DESC, part) = 1
)
SELECT
    kind, round(score, 3) AS score, title, person, organisation, stance,
    coalesce(store.cut_words(words, gaps, first_word, last_word), '') AS excerpt, matches,
    publisher, published_at, url, article_id, statement_id
FROM items
JOIN kept USING (item)
JOIN shown USING (item)
ORDER BY items.score DESC, published_at DESC NULLS LAST, coalesce(statement_id, article_id)
LIMIT 100;

-- kind: article or statement.
-- score: How well it fits, for this query: BM25 times the share of the words asked for that are there.
-- title: Headline of the article.
-- person: Who says it; empty where an organisation or a crowd does; null for articles.
-- organisation: For whom; empty where none is known; null for articles.
-- stance: Side of the statement: local, central, balanced or none; null for articles.
-- excerpt: The words as printed, around the first match; the whole statement, where it is not long.
-- matches: The words that matched, in each form in which they are printed there.
-- publisher: Outlet of the article.
-- published_at: Publication time of the article (UTC); null where none is printed.
-- url: Address of the article.
-- article_id: The article.
-- statement_id: The statement; null for articles.
COMMENT ON MACRO TABLE main.search IS 'Articles and statements that print these words, in any form of them; words in double quotes stand together. There are no operators: AND, OR, NOT, * and a minus are words or nothing; a text with more of the words stands higher. Best first, at most 100.';
