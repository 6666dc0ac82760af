"""A history of statements by the million, made in SQL: who speaks is skewed, words are as frequent as a language's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from tests.warehouse.timeline import at
from warehouse.actors import PersonaRow
from warehouse.articles import AnalysedRow, ArticleRow, StatementBatch, StatementRow

if TYPE_CHECKING:
    from tests.warehouse.timeline import Timeline

ON_A_PAGE = 5
AT_ONCE = 50_000
"""So many statements are made by one query: it must fit the warehouse's memory."""

_MAKE = """
CREATE OR REPLACE TEMP TABLE made AS
WITH numbered AS (
    SELECT
        n, n // 5 AS page, CAST(floor(pow(5000, (hash(n, 'who') % 1000003) / 1000003.0)) AS INTEGER) AS who,
        CAST(9 + hash(n, 'length') % 32 AS INTEGER) AS length
    FROM range($start, $stop) AS t (n)
),
copied AS (
    SELECT k.n, old.who, list_slice(string_split(s.text, ' '), 1, 8 + k.n % 24) AS words
    FROM numbered AS k
    JOIN (SELECT n, CAST(floor(pow(5000, (hash(n, 'who') % 1000003) / 1000003.0)) AS INTEGER) AS who
        FROM range($start // 2, $start // 2 + $copies) AS o (n)) AS old ON old.n - $start // 2 = k.n - $start
    JOIN store.statements AS s ON s.statement_id = substr(md5('s' || old.n), 1, 16)
),
worded AS (
    SELECT n.n, n.page, coalesce(c.who, n.who) AS who, coalesce(c.words, list_transform(range(length),
        lambda k: 'w' || CAST(floor(pow(4000, (hash(n.n, k) % 1000003) / 1000003.0)) AS INTEGER))) AS words
    FROM numbered AS n
    LEFT JOIN copied AS c USING (n)
)
SELECT
    n, page, substr(md5('s' || n), 1, 16) AS statement_id, substr(md5('a' || page), 1, 16) AS article_id,
    substr(md5('p' || who), 1, 16) AS persona_id, 'person ' || who AS name,
    CASE WHEN who % 10 < 3 THEN '' ELSE 'Person ' || who END AS person, 'Body ' || who % 800 AS organisation,
    sides[CAST(1 + hash(n, 'stance') % 8 AS BIGINT)] AS stance,
    [subjects[CAST(1 + hash(n, 't') % 5 AS BIGINT)]] AS themes,
    array_to_string(words, ' ') AS text, md5(array_to_string(words, ' '))[:16] AS words_key,
    list_sort(list_distinct(list_transform(range(1, len(words) - 1),
        lambda k: CAST(md5_number_lower(array_to_string(words[k:k + 2], ' ')) >> 1 AS BIGINT)))) AS shingles,
    $first::TIMESTAMPTZ + to_minutes(CAST(page * 10 AS BIGINT)) AS said_at
FROM worded, (SELECT
    ['none', 'none', 'none', 'local', 'central', 'balanced', 'none', 'local'] AS sides,
    ['autonomy_control', 'finance', 'workforce', 'leadership', 'accountability'] AS subjects)
"""
_PERSONAS = """
INSERT INTO store.personas
SELECT substr(md5('p' || who), 1, 16), 'person ' || who, 'body ' || who % 800, 'p', [], substr(md5('p' || who), 1, 16)
FROM range(1, 5001) AS t (who)
"""
_VOICES = """
INSERT INTO store.voices SELECT substr(md5('p' || who), 1, 16), 'Body ' || who % 800 FROM range(1, 5001) AS t (who)
"""
_RUNS = """
INSERT INTO store.word_runs
SELECT run & 1048575, (run >> 20) & 4095, statement_id
FROM (
    SELECT statement_id, xor(CAST(unnest(shingles) AS UBIGINT), md5_number_lower(organisation)) AS run
    FROM made
    WHERE len(shingles) >= 4
)
"""
_ARTICLES = """
INSERT INTO store.articles BY NAME
SELECT
    article_id, 'https://post.example/' || article_id AS url, 'Outlet ' || page % 150 AS publisher, 'post' AS feed_id,
    'feed' AS kind, 'Title ' || page AS title, '' AS byline, min(said_at) AS published_at,
    min(said_at) AS first_seen_at, min(said_at) AS fetched_at, 'en' AS language,
    string_agg(text, chr(10) ORDER BY n) AS text, article_id AS text_hash, 150 AS words, ['finance'] AS themes,
    article_id AS story_id, 1 AS revision, '1' AS extractor_version, page % 2 = 0 AS is_live, 1 AS analysed_revision,
    'engine-1' AS model_version, min(said_at) AS detected_at, 1 AS detected_revision
FROM made
GROUP BY article_id, page
ORDER BY page
"""
_STATEMENTS = """
INSERT INTO store.statements BY NAME
SELECT
    statement_id, article_id, persona_id AS actor_id, person, 'chair' AS role, organisation,
    'local_nhs' AS actor_type, text, (n % 5) * 100 AS start_char, (n % 5) * 100 + 99 AS end_char,
    'direct' AS quote_kind, stance, 0.5 AS stance_score, 0.9 AS confidence, 0 AS evidence_start, 9 AS evidence_end,
    themes, words_key, shingles, 'engine-1' AS model_version, false AS corrected, statement_id AS original_id,
    true AS is_current, persona_id, said_at AS settled_at, persona_id AS settled_actor_id, statement_id AS question_id,
    organisation AS settled_voice
FROM made
ORDER BY n
"""
_POSITIONS = """
INSERT INTO store.positions BY NAME
SELECT
    article_id, persona_id AS actor_id, arg_min(stance, n) AS stance, 0.9 AS confidence,
    arg_min(statement_id, n) AS statement_id, list_sort(list_distinct(flatten(list(themes)))) AS themes,
    true AS is_new, false AS is_fresh, min(said_at) AS said_at, min(said_at) AS first_seen_at
FROM made
WHERE stance <> 'none'
GROUP BY article_id, persona_id
"""
_EVENTS = """
INSERT INTO store.events BY NAME
SELECT
    substr(md5(p.statement_id), 1, 16) AS event_id, 'repeat' AS kind, p.actor_id, p.article_id, p.statement_id,
    p.stance, p.confidence, [] AS new_themes, p.said_at AS detected_at, 'old' AS run_id,
    'engine-1' AS model_version, p.said_at AS seen_at
FROM store.positions AS p
JOIN made USING (statement_id)
WHERE made.page % 2 = 0
"""
_FILL = (_ARTICLES, _STATEMENTS, _RUNS, _POSITIONS, _EVENTS)


@dataclass(frozen=True, slots=True)
class MadeStatement:
    """A statement of a new batch."""

    page: int
    statement_id: str
    article_id: str
    persona_id: str
    name: str
    person: str
    organisation: str
    stance: str
    themes: tuple[str, ...]
    text: str
    words_key: str
    shingles: tuple[int, ...]
    said_at: datetime


@dataclass(frozen=True, slots=True)
class MadeBatch:
    """New articles and what analysing them found."""

    articles: list[ArticleRow]
    analysed: list[AnalysedRow]
    found: StatementBatch


def populate(timeline: Timeline, start: int, stop: int) -> None:
    """Add settled statements of these numbers, and the positions and events made of them."""
    connection = timeline.warehouse._connection
    if start == 0:
        connection.execute(_PERSONAS)
        connection.execute(_VOICES)
    for first in range(start, stop, AT_ONCE):
        _make(timeline, first, min(first + AT_ONCE, stop), copies=0)
        for step in _FILL:
            connection.execute(step)
    timeline.show_articles()


def _make(timeline: Timeline, start: int, stop: int, copies: int) -> None:
    values = {"start": start, "stop": stop, "copies": copies, "first": at(1)}
    timeline.warehouse._connection.execute(_MAKE, values)


def make_batch(timeline: Timeline, start: int, statements: int, copies: int) -> MadeBatch:
    """A batch of statements that are not stored yet; the first ``copies`` are stored ones, cut short."""
    _make(timeline, start, start + statements, copies)
    pages: dict[str, list[MadeStatement]] = {}
    rows = timeline.query(
        "SELECT page, statement_id, article_id, persona_id, name, person, organisation, stance, themes, text,"
        " words_key, shingles, said_at FROM made ORDER BY n"
    )
    for row in rows:
        made = MadeStatement(*row)
        pages.setdefault(made.article_id, []).append(made)
    found = [(text, _statements(text, said)) for said in pages.values() for text in ["\n".join(s.text for s in said)]]
    return MadeBatch(
        [_article(said[0], text) for said, (text, _) in zip(pages.values(), found, strict=True)],
        [AnalysedRow(article_id, 1, (), "engine-1") for article_id in pages],
        StatementBatch(
            [row for _, rows in found for row in rows],
            [
                PersonaRow(said.persona_id, said.name, f"body {int(said.name.split()[1]) % 800}", "p", ())
                for page in pages.values()
                for said in page
            ],
            [],
        ),
    )


def _article(made: MadeStatement, text: str) -> ArticleRow:
    return ArticleRow(
        article_id=made.article_id,
        url=f"https://post.example/{made.article_id}",
        publisher=f"Outlet {made.page % 150}",
        feed_id="post",
        kind="feed",
        title=f"Title {made.page}",
        byline="",
        published_at=made.said_at,
        first_seen_at=made.said_at,
        fetched_at=made.said_at,
        language="en",
        text=text,
        text_hash=made.article_id,
        words=len(text.split()),
        extractor_version="1",
        is_live=True,
    )


def _statements(text: str, page: list[MadeStatement]) -> list[StatementRow]:
    rows, position = [], 0
    for made in page:
        start = text.index(made.text, position)
        position = start + len(made.text)
        rows.append(
            StatementRow(
                statement_id=made.statement_id,
                article_id=made.article_id,
                persona_id=made.persona_id,
                person=made.person,
                role="chair",
                organisation=made.organisation,
                actor_type="local_nhs",
                text=made.text,
                start_char=start,
                end_char=position,
                quote_kind="direct",
                stance=made.stance,
                stance_score=0.5,
                confidence=0.9,
                evidence_start=start,
                evidence_end=start + 2,
                themes=tuple(made.themes),
                words_key=made.words_key,
                shingles=tuple(made.shingles),
                model_version="engine-1",
                question_id=made.statement_id,
            )
        )
    return rows
