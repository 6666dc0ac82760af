"""A warehouse of as many articles as wanted, made in SQL: six statements each, skewed speakers, words as in print."""

from __future__ import annotations

import random
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import md5
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.identity import content_id, shingles, words_key
from extractors.story import SKETCH_VERSION
from flows.engine import engine_version
from flows.engine_loading import load_meanings, load_model
from tests.warehouse.timeline import empty_file
from warehouse.actors import PersonaRow
from warehouse.articles import AnalysedRow, ArticleRow, StatementBatch, StatementRow
from warehouse.database import FOLDER, Warehouse, query_text
from warehouse.fulltext import index_texts, merge_segments
from warehouse.meanings import MeaningRow

if TYPE_CHECKING:
    import duckdb

    from flows.settings import Places

VOCABULARY = 30_000
AT_ONCE = 10_000
"""So many articles are made by one query."""
WRITTEN = 20_000
"""So many articles are written word by word; longer histories, multiples of this, repeat them under other ids."""
_STEPS = Path(__file__).parent / "fill"


def fill(path: Path, articles: int, places: Places) -> None:
    """Write a working file of so many articles, analysed by the present engine, settled, indexed; the last one now."""
    path.write_bytes(empty_file())
    started = time.monotonic()
    with Warehouse.open(path) as warehouse:
        connection = warehouse._connection
        connection.execute("SET memory_limit = '6GB'; SET preserve_insertion_order = true")
        values = {
            "articles": articles,
            "model": engine_version(places),
            "reader": load_meanings(load_model()).version,
            "sketch": SKETCH_VERSION,
            "ends_at": datetime.now(UTC).replace(minute=0, second=0, microsecond=0),
            "words": made_words(),
        }
        _run(connection, "start", values)
        for first in range(0, min(articles, WRITTEN), AT_ONCE):
            _run(connection, "articles", {"start": first, "stop": min(first + AT_ONCE, articles, WRITTEN)})
        _index(warehouse)
        if articles > WRITTEN:
            _repeat(connection, articles // WRITTEN)
        _run(connection, "finish", {})
        _tally(connection)
        _merge(warehouse)
        warehouse.checkpoint()
    took, size = time.monotonic() - started, path.stat().st_size / 2**20
    sys.stderr.write(f"made {articles:,} articles in {took:.0f} s, {size:,.0f} MiB\n")


def _index(warehouse: Warehouse) -> None:
    """Put what was written into the index of `search`, as the pipeline does."""
    while index_texts(warehouse):
        _merge(warehouse)
    warehouse._connection.execute("SET memory_limit = '6GB'")


def _merge(warehouse: Warehouse) -> None:
    while merge_segments(warehouse):
        pass


def _repeat(connection: duckdb.DuckDBPyConnection, passes: int) -> None:
    """Add the history written so far again and again, each time in articles of its own."""
    connection.execute("ATTACH ':memory:' AS base")
    names = connection.execute("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'store'").fetchall()
    for (name,) in names:
        connection.execute(f"CREATE TABLE base.{name} AS FROM store.{name}")
    for number in range(1, passes):
        _run(connection, "again", {"pass": number, "behind": number * WRITTEN})
        connection.execute("CHECKPOINT")
    connection.execute("DETACH base")


def _tally(connection: duckdb.DuckDBPyConnection) -> None:
    """Add up what is kept beside the rows, as the migration does with an older file; events show what is theirs."""
    migration = (FOLDER / "migrations" / "0015_placed.sql").read_text(encoding="utf-8")
    for name in ("heard", "theme_months", "reprints", "standings"):
        filling = migration.partition(f"INSERT INTO store.{name}\n")[2].partition(";")[0]
        connection.execute(f"INSERT INTO store.{name} {filling}")
    connection.execute("CREATE TEMP TABLE touched_events AS SELECT event_id FROM store.events")
    connection.execute(query_text("show_events"))
    migration = (FOLDER / "migrations" / "0017_history.sql").read_text(encoding="utf-8")
    for first in ("CREATE OR REPLACE TEMP TABLE held", "CREATE OR REPLACE TEMP MACRO sides"):
        connection.execute(
            first + migration.partition(first)[2].partition("\n\nCREATE TABLE")[0].partition("\n\n--")[0]
        )


def _run(connection: duckdb.DuckDBPyConnection, step: str, values: dict[str, object]) -> None:
    first, *others = connection.extract_statements((_STEPS / f"{step}.sql").read_text(encoding="utf-8"))
    connection.execute(first, values)
    for other in others:
        connection.execute(other)


def made_feeds() -> list[dict[str, object]]:
    """The feeds of such a history, as a configuration has them."""
    return [
        {
            "id": f"feed-{number}",
            "publisher": f"Outlet {number}",
            "kind": "newswire",
            "homepage": f"https://outlet-{number}.example/",
            "url": f"https://outlet-{number}.example/feed",
            "interval_minutes": 30,
        }
        for number in range(114)
    ]


@dataclass(frozen=True, slots=True)
class News:
    """New articles and what analysing them found."""

    articles: list[ArticleRow]
    analysed: list[AnalysedRow]
    found: StatementBatch


def news(articles: int, number: int, now: datetime, version: str) -> News:
    """New articles by people of the history; of a number always the same."""
    pick, words = random.Random(f"{now}{number}"), made_words()  # noqa: S311 - no secret
    rows, statements, personas, meanings = [], [], [], []
    reader = load_meanings(load_model()).version
    for each in range(articles):
        parts = [_saying(pick, words, 75 if place % 2 == 0 else pick.randint(12, 40)) for place in range(12)]
        text = "\n\n".join(parts)
        article_id = content_id(text)
        rows.append(_article(article_id, text, pick, now + timedelta(seconds=each)))
        position = 0
        for said in parts[1::2]:
            position = text.index(said, position)
            persona, statement = _statement(article_id, said, position, pick, version)
            personas.append(persona)
            statements.append(statement)
            meanings.append(_meaning(statement.statement_id, reader, pick))
    analysed = [AnalysedRow(row.article_id, 1, (), version) for row in rows]
    return News(rows, analysed, StatementBatch(statements, personas, [], meanings))


def _saying(pick: random.Random, words: list[str], length: int) -> str:
    return " ".join(words[int(VOCABULARY ** pick.random()) - 1] for _ in range(length))


def _article(article_id: str, text: str, pick: random.Random, now: datetime) -> ArticleRow:
    outlet = int(150 ** pick.random()) - 1
    return ArticleRow(
        article_id=article_id,
        url=f"https://outlet-{outlet}.example/news/{article_id}",
        publisher=f"Outlet {outlet}",
        feed_id=f"feed-{outlet % 114}",
        kind="feed",
        title=text[:60],
        byline="",
        published_at=now,
        first_seen_at=now,
        fetched_at=now,
        language="en",
        text=text,
        text_hash=article_id,
        words=len(text.split()),
        extractor_version="1",
        is_live=True,
    )


def _statement(
    article_id: str, text: str, start: int, pick: random.Random, version: str
) -> tuple[PersonaRow, StatementRow]:
    who = int(6000 ** pick.random())
    persona_id = md5(f"p{who}0".encode(), usedforsecurity=False).hexdigest()[:16]
    first, last = f"First{who % 400}", f"Last{who % 7001}"
    persona = PersonaRow(persona_id, f"{first} {last}".lower(), f"body {who % 1500}", last.lower(), (first.lower(),))
    row = StatementRow(
        statement_id=content_id(article_id, text),
        article_id=article_id,
        persona_id=persona_id,
        person=f"{first} {last}",
        role="chair",
        organisation=f"Body {who % 1500}",
        actor_type="local_nhs",
        text=text,
        start_char=start,
        end_char=start + len(text),
        quote_kind="direct",
        stance=pick.choice(["none", "local", "central"]),
        stance_score=0.5,
        confidence=0.9,
        evidence_start=start,
        evidence_end=start + 9,
        themes=("finance",),
        words_key=words_key(text),
        shingles=shingles(text),
        model_version=version,
        question_id=content_id(text),
    )
    return persona, row


def _meaning(statement_id: str, reader: str, pick: random.Random) -> MeaningRow:
    first, second, third, fourth = (pick.getrandbits(63) for _ in range(4))
    return MeaningRow(statement_id, reader, first, second, third, fourth, tuple(pick.choices(range(-127, 128), k=64)))


def made_words() -> list[str]:
    """Pronounceable words, the frequent ones short."""
    pick = random.Random(7)  # noqa: S311 - the same words at each run
    return [
        "".join(_syllable(pick) for _ in range(1 + round(rank**0.5 / 60) + pick.randint(0, 1)))
        for rank in range(VOCABULARY)
    ]


def _syllable(pick: random.Random) -> str:
    return pick.choice("bcdfghlmnprstvw") + pick.choice("aeiou") + (pick.choice("nrstl") if pick.random() < 0.3 else "")
