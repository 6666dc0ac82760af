"""A timeline of pages with statements that are labelled beforehand, run through the warehouse as the flows do it."""

from __future__ import annotations

import contextlib
import functools
import math
import os
import struct
import tempfile
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractors.identity import content_id
from extractors.meaning import Meaning
from extractors.persona import PersonaReader
from extractors.records import ActorType, Analysis, QuoteKind, Speaker, Stance, StanceLabel, Statement, Theme
from extractors.vocabulary import Vocabulary
from flows.analyse import statement_batch
from tests.extractors.engine_setup import load_actors, load_lexicon
from tests.lake.servers import empty_lake
from warehouse.articles import (
    AnalysedRow,
    ArticleRow,
    record_analyses,
    select_articles_to_analyse,
    store_articles,
)
from warehouse.database import Warehouse
from warehouse.ledger import RuleRow, detect_events
from warehouse.meanings import echo_seeds

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator, Sequence

THRESHOLD = 0.5
ON_LAKES = os.environ.get("TEST_WAREHOUSES") == "lakes"
PEAKE = Speaker("Rosalind Peake", "chair", "Valley Hospitals Group", ActorType.LOCAL_NHS)
TARN = Speaker("Ossian Tarn", "minister", "Department of Health and Social Care", ActorType.GOVERNMENT)
UNION = Speaker("", "", "Guild of Ward Clerks", ActorType.UNION_PROFESSIONAL)
CROWD = Speaker("", "ward managers", "", ActorType.OTHER)
AUTONOMY = (Theme.AUTONOMY_CONTROL,)


def at(day: int, hour: int = 9) -> datetime:
    """A moment of June 2026, in UTC; days run on into the months behind."""
    return datetime(2026, 6, 1, tzinfo=UTC) + timedelta(days=day - 1, hours=hour)


def words(number: int, length: int = 9) -> str:
    """Words that no other number has."""
    return " ".join(
        f"{stem}{number}" for stem in ("we", "want", "this", "room", "to", "be", "left", "to", "us")[:length]
    )


def meaning(degrees: int) -> Meaning:
    """What lies so many degrees from the meaning at 0, of 180."""
    unlike = round(256 * degrees / 180)
    first, second, third, fourth = struct.unpack(">4q", (2**unlike - 1).to_bytes(32, "big"))
    angle = math.radians(degrees)
    numbers = (round(127 * math.cos(angle)), round(127 * math.sin(angle)), *(0,) * 62)
    return Meaning("reader-1", (first, second, third, fourth), numbers)


@dataclass(frozen=True, slots=True)
class Said:
    """A statement as a page carries it, with the labels that an engine would give it."""

    speaker: Speaker
    stance: str
    text: str
    themes: tuple[Theme, ...] = AUTONOMY
    confidence: float = 0.9
    meaning: Meaning | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it is stored; first seen an hour after it was published, if not told otherwise."""

    article_id: str
    said: tuple[Said, ...]
    published_at: datetime | None
    first_seen_at: datetime | None = None
    publisher: str = "Valley Post"
    is_live: bool = True
    kind: str = "feed"
    fetched_at: datetime | None = None
    opening: str = "The board met in the old pump room on Monday."
    found: tuple[Said, ...] | None = None
    """What an engine finds on it, if not just what was said."""

    @property
    def text(self) -> str:
        """Paragraphs: an opening, then each statement between quotation marks with its speaker behind it."""
        told = (f"“{said.text}” said {said.speaker.person or 'they'}." for said in self.said)
        return "\n\n".join([self.opening, *told])

    @property
    def seen_at(self) -> datetime:
        """When it was first seen."""
        if self.first_seen_at:
            return self.first_seen_at
        return (self.published_at or at(1)) + timedelta(hours=1)

    def row(self) -> ArticleRow:
        """As the warehouse takes it."""
        return ArticleRow(
            article_id=self.article_id,
            url=f"https://post.example/{self.article_id}",
            publisher=self.publisher,
            feed_id="post" if self.kind == "feed" else "",
            kind=self.kind,
            title=f"Title of {self.article_id}",
            byline="",
            published_at=self.published_at,
            first_seen_at=self.seen_at,
            fetched_at=self.fetched_at or self.seen_at,
            language="en",
            text=self.text,
            text_hash=content_id(self.text),
            words=len(self.text.split()),
            extractor_version="1",
            is_live=self.is_live,
        )

    def analysis(self) -> Analysis:
        """What an engine would find on it."""
        found, position = [], 0
        for said in self.said if self.found is None else self.found:
            start = self.text.index(said.text, position)
            position = start + len(said.text)
            score = {"local": 0.8, "central": -0.8}.get(said.stance, 0.0)
            label = StanceLabel(Stance(said.stance), score, said.confidence, start, start + len(said.text.split()[0]))
            found.append(
                Statement(
                    start,
                    position,
                    said.text,
                    said.speaker,
                    place_names().read(said.speaker),
                    QuoteKind.DIRECT,
                    label,
                    tuple(said.themes),
                    meaning=said.meaning,
                )
            )
        return Analysis(tuple(found), (), AUTONOMY)


@dataclass(frozen=True, slots=True)
class Event:
    """An event as the ledger shows it."""

    article_id: str
    who: str
    kind: str
    stance: str
    previous_stance: str | None
    previous_at: datetime | None
    previous_url: str | None
    new_themes: tuple[str, ...]
    sources: tuple[str, ...]
    quote: str


def page(article_id: str, day: int, *said: Said, **more: Any) -> Page:
    """A page of a day of June 2026."""
    return Page(article_id, said, at(day), **more)


def rule(**more: Any) -> RuleRow:
    """A rule that tells the desk of every new side at once, but for what is told otherwise."""
    plain = RuleRow("sides", "desk", "at_once", ("first", "shift"), (), (), (), (), (), (), 0.0)
    return replace(plain, **more)


class Timeline:
    """A warehouse and the pages put into it."""

    def __init__(self, warehouse: Warehouse) -> None:
        self.warehouse = warehouse
        self.pages: dict[str, Page] = {}
        self.runs = 0

    def store(self, *pages: Page) -> Counter[str]:
        """Store pages; a page stored before is edited, if its words differ."""
        self.pages |= {page.article_id: page for page in pages}
        return store_articles(self.warehouse, at(60), [page.row() for page in pages], [])

    def analyse(self, version: str = "engine-1") -> int:
        """Derive the statements of what is new, edited, or labelled by another version; how many pages."""
        articles = select_articles_to_analyse(self.warehouse, version, 1000)
        analysed = [AnalysedRow(a.article_id, a.revision, AUTONOMY, version) for a in articles]
        found = [(a, self.pages[a.article_id].analysis()) for a in articles]
        record_analyses(self.warehouse, analysed, statement_batch(found, version))
        return len(articles)

    def echo(self, limit: int = 1000) -> int:
        """Hold statements against the seeds; how many."""
        return echo_seeds(self.warehouse, limit)

    def detect(self, *rules: RuleRow, now: datetime | None = None) -> Counter[str]:
        """Settle what was analysed, in a run of its own."""
        self.runs += 1
        return detect_events(self.warehouse, f"run-{self.runs}", now or at(60, self.runs), rules, THRESHOLD)

    def read(self, *pages: Page) -> Counter[str]:
        """Store, analyse and settle pages together."""
        self.store(*pages)
        self.analyse()
        return self.detect()

    def kinds(self, article_id: str) -> dict[str, str]:
        """Who -> kind of event in one article."""
        return {event.who: event.kind for event in self.events() if event.article_id == article_id}

    def events(self) -> list[Event]:
        """All events, in the order in which their articles were published."""
        rows = self.query(
            "SELECT article_id, coalesce(nullif(person, ''), organisation), kind, stance, previous_stance,"
            " previous_published_at, previous_url, new_themes, sources, quote"
            " FROM main.stance_events ORDER BY published_at, article_id, 2"
        )
        return [_event(row) for row in rows]

    def show_articles(self) -> None:
        """Have statements that were put in by hand show their articles, as stored ones do."""
        self.query("CREATE OR REPLACE TEMP TABLE touched_articles AS SELECT article_id FROM store.articles")
        self.warehouse.execute("show_statements")

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows of the working file."""
        return self.warehouse._connection.execute(sql).fetchall()

    def owed(self) -> list[tuple[Any, ...]]:
        """The outbox, but for whether each alert is still asked for."""
        return self.query("SELECT * EXCLUDE (is_wanted) FROM store.alerts ORDER BY ALL")

    def table(self, name: str) -> list[tuple[Any, ...]]:
        """All rows of a table or view, in one order."""
        return self.query(f"SELECT * FROM {name} ORDER BY ALL")  # noqa: S608 - a name that a test gives


def _event(row: tuple[Any, ...]) -> Event:
    article_id, who, kind, stance, previous_stance, previous_at, previous_url, themes, sources, quote = row
    earlier = (previous_stance, previous_at, previous_url)
    return Event(article_id, who, kind, stance, *earlier, tuple(themes), tuple(sources), quote)


@functools.cache
def place_names() -> PersonaReader:
    """The shipped knowledge of who is who, read once."""
    return PersonaReader(Vocabulary(load_lexicon(), load_actors()))


@functools.cache
def empty_file() -> bytes:
    """A working file with nothing in it, made once."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.duckdb"
        Warehouse.open(path).close()
        return path.read_bytes()


def new_file(folder: Path, name: str = "warehouse") -> Path:
    """A new working file."""
    path = folder / f"{name}.duckdb"
    path.write_bytes(empty_file())
    return path


@contextlib.contextmanager
def open_timeline(folder: Path, name: str = "warehouse") -> Iterator[Timeline]:
    """A timeline in a new working file; in a new lake where `make lake-check` runs the tests."""
    with Warehouse.open(empty_lake(folder / f"{name}.lake") if ON_LAKES else new_file(folder, name)) as warehouse:
        warehouse._connection.execute("SET threads = 1")  # small queries are quicker on one
        yield Timeline(warehouse)


def read_one_by_one(timeline: Timeline, pages: Sequence[Page]) -> None:
    """Store, analyse and settle each page alone."""
    for each in pages:
        timeline.read(each)
