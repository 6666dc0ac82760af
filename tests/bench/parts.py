"""Each part of a run by itself, against the least that could be called the same, on the same input."""

from __future__ import annotations

import asyncio
import dataclasses
import re
import smtplib
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import duckdb
import pyarrow as pa
import trafilatura

from extractors.clauses import sentence_before
from extractors.linked import extract_linked
from extractors.records import ActorType, Speaker
from extractors.stance import sequence_of
from extractors.statement import StatementFinder
from extractors.wordpiece import WordPieces
from flows.engine_loading import load_engine
from flows.newsroom import load_newsroom
from flows.report import write_report
from flows.settings import SHIPPED_CONFIG, Places, load_settings
from flows.sinks import MailSink
from tests.bench import growth
from tests.bench.made_history import made_words, news
from tests.bench.measures import Cost, Line, quickest, timed
from tests.corpus.marked import load_cases
from tests.corpus.score import STRUCTURE
from tests.extractors.engine_setup import load_actors, load_lexicon
from tests.flows.desk import Desk, mail_url
from tests.warehouse.timeline import Page, Said, at, open_timeline, words
from warehouse.articles import store_articles
from warehouse.board import read_board
from warehouse.published import published_path

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage

    from warehouse.articles import ArticleRow

STORED, MAILS, HISTORY, ARTICLE_WORDS = 1000, 100, 10_000, 600
_WORD: Final = re.compile(r"\w+")
_SEARCH: Final = "SELECT article_id FROM search($1)"
_LIKE: Final = "SELECT article_id FROM store.articles WHERE text ILIKE $1 AND text ILIKE $2"
_MOON: Final = "https://moon.example"


def extraction() -> Iterator[Line]:
    """Pages of the sample newsroom stripped to their articles."""
    pages = [
        (page.body, _MOON + path)
        for site in load_newsroom()
        for path, page in site.pages(2, _MOON).items()
        if any(path == article.path for article in site.articles)
    ]
    ours = quickest(lambda: [extract_linked(body, url=url) for body, url in pages])
    bare = quickest(lambda: [trafilatura.extract(body) for body, _ in pages])
    yield Line("extraction", f"{len(pages)} pages to articles", Cost.of(ours), "trafilatura.extract", Cost.of(bare))


def analysis() -> Iterator[Line]:
    """Marked texts: who said what against finding their words; the whole analysis against the encoder alone."""
    finder = StatementFinder(load_lexicon(), load_actors())
    documents = [case.document for case in load_cases(STRUCTURE)]
    counted = sum(len(document.text.split()) for document in documents)
    counting = quickest(lambda: [_WORD.findall(document.text) for document in documents])
    finding = quickest(lambda: [finder.find(document) for document in documents])
    speed = f"{counted / ARTICLE_WORDS / finding.cpu_seconds:.0f} articles of {ARTICLE_WORDS} words a second a core"
    name = f"who said what in {len(documents)} texts"
    yield Line("structure", name, Cost.of(finding), "finding their words", Cost.of(counting), speed)
    engine = load_engine(Places(SHIPPED_CONFIG, SHIPPED_CONFIG, SHIPPED_CONFIG))
    pieces = WordPieces(engine.model.encoder.vocabulary)
    some = documents[::5]
    whole = timed(lambda: [engine.analyse(document) for document in some])
    read = [
        sequence_of(pieces, said.text, sentence_before(document.text, said.start), document.title)
        for document, analysis in zip(some, whole.result, strict=True)
        for said in analysis.statements
    ]
    encoding = timed(lambda: [engine.model.encoder.read(one.pieces, one.types) for one in read])
    name = f"{len(some)} texts analysed"
    yield Line(
        "analysis", name, Cost.of(whole), "the encoder alone, once each", Cost.of(encoding), f"{len(read)} statements"
    )


def storing() -> Iterator[Line]:
    """New articles stored with their stories, beside a few others."""
    rows = news(STORED, 1, at(60), "1").articles
    bare = quickest(lambda: insert(rows))
    with tempfile.TemporaryDirectory() as folder, open_timeline(Path(folder)) as timeline:
        ours = timed(lambda: store_articles(timeline.warehouse, at(60), rows, []))
    assert ours.result["articles_new"] == STORED
    yield Line(
        "storing", f"{STORED:,} articles and their stories", Cost.of(ours), "INSERT of the same rows", Cost.of(bare)
    )


def insert(rows: list[ArticleRow]) -> None:
    """The rows in a file of DuckDB's, by Arrow."""
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(str(Path(folder) / "bare.duckdb")) as connection:
        table = pa.Table.from_pylist([dataclasses.asdict(row) for row in rows])
        connection.register("given", table)
        connection.execute("CREATE TABLE articles AS FROM given")


def delivery() -> Iterator[Line]:
    """Alerts by mail: composed, with the picture of the history where there is one, sent and recorded."""
    with tempfile.TemporaryDirectory() as folder, MailSink() as sink:
        desk = Desk(
            Path(folder), {"destinations": {"mail": {"url": mail_url(sink)}}, "detection": {"minimum_confidence": 0.5}}
        )
        desk.config["rules"] = [{"name": "all", "destinations": ["mail"], "kinds": ["first"]}]
        desk.config["delivery"] = {"most_alerts_per_run": 10 * MAILS}
        desk.read(at(60), *(one_voice(number) for number in range(MAILS)))
        ours = timed(lambda: desk.deliver(at(60, 12)))
        mails = list(sink.messages)
        assert len(mails) == MAILS, len(mails)
        bare = timed(lambda: send(sink.port, mails))
    yield Line("delivery", f"{MAILS} alerts by mail", Cost.of(ours), "smtplib, the same mails", Cost.of(bare))


def one_voice(number: int) -> Page:
    """A page on which somebody takes a side for the first time."""
    speaker = Speaker(
        f"Anna Vale{'abcdefghij'[number // 10]}{'abcdefghij'[number % 10]}", "chair", f"Body {number}", ActorType.OTHER
    )
    return Page(f"page-{number}", (Said(speaker, "local", words(number)),), at(60), at(60))


def send(port: int, mails: list[EmailMessage]) -> None:
    """The mails over one connection each, as a mail program would."""
    for mail in mails:
        with smtplib.SMTP("127.0.0.1", port) as connection:
            connection.send_message(mail)


def history() -> Iterator[Line]:
    """Beside ten thousand articles: publishing, the report, search, a run that finds nothing, and questions."""
    with tempfile.TemporaryDirectory() as folder:
        path = growth.prepare(Path(folder), HISTORY)
        found = {figure.name: figure for figure in growth.measure_publishing(path)}
        bare = found["bare copy and fsync, s"]
        for name in ("publish, s", "publish after a small change, s"):
            ours, other = (Cost(figure.value, figure.cpu) for figure in (found[name], bare))
            yield Line("publish", name.removesuffix(", s"), ours, "copy and fsync", other)
        places = load_settings().places
        asyncio.run(write_report(places, at(60)))  # makes the charts' scripts, once; not counted
        written = quickest(lambda: asyncio.run(write_report(places, at(60))))
        read = quickest(lambda: read_board(path))
        yield Line("report", "the board as one page", Cost.of(written), "its queries alone", Cost.of(read))
        yield from searching(published_path(path))
        opening = quickest(lambda: ask(published_path(path), "SELECT count(*) FROM store.articles"))
        for figure in growth.measure_runs():
            if (figure.group, figure.name) == ("quiet", "whole run, s"):
                yield Line(
                    "quiet run", "nothing is due", Cost(figure.value, figure.cpu), "opening the file", Cost.of(opening)
                )


def searching(path: Path) -> Iterator[Line]:
    """Words looked up in the index against a scan of all texts."""
    often, other, seldom = made_words()[50], made_words()[60], made_words()[5000]
    cases = {
        "a frequent and a rare word": (f"{often} {seldom}", f"%{often}%", f"%{seldom}%"),
        "a phrase": (f'"{often} {other}"', f"%{often} {other}%", "%"),
    }
    for name, (query, *patterns) in cases.items():
        ours = quickest(partial(ask, path, _SEARCH, query))
        bare = quickest(partial(ask, path, _LIKE, *patterns))
        found = f"{ours.result} rows, {bare.result} articles"
        yield Line("search", name, Cost.of(ours), "ILIKE over all texts", Cost.of(bare), found)


def ask(path: Path, sql: str, *values: str) -> int:
    """The number of rows that a query gives, by a connection of its own."""
    with duckdb.connect(str(path), read_only=True, config={"threads": 2}) as connection:
        return len(connection.execute(sql, values).fetchall())
