"""Articles and what is said in them: the backlogs of reading and analysis, and their results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from extractors.records import TextSource
from warehouse.actors import PersonaRow, TieRow, resolve_actors
from warehouse.corrections import correct_analysed
from warehouse.erasing import blank, keep_out
from warehouse.given import GivenLabels, GivenStatement, GivenText
from warehouse.meanings import MeaningRow
from warehouse.polls import Drop, FetchRow
from warehouse.stories import assign_stories
from warehouse.tallies import tallied

if TYPE_CHECKING:
    from warehouse.database import Warehouse

_GIVEN = ("delete_given_statements", "insert_given_statements", "delete_given_texts", "merge_given_texts")


@dataclass(frozen=True, slots=True)
class EntryForRead:
    """An entry whose page is to be read."""

    entry_id: str
    feed_id: str
    publisher: str
    url: str
    title: str
    author: str
    content: str
    published_at: datetime | None
    first_seen_at: datetime
    is_history: bool
    attempts: int
    etag: str
    last_modified: str
    kept_since: datetime | None
    article_id: str | None
    """The article that an earlier reading made of it."""


@dataclass(frozen=True, slots=True)
class ReadOutcome:
    """How reading an entry's page ended; ``state`` is waiting (to be tried again), read or dropped."""

    entry_id: str
    state: str
    reason: str
    attempts: int
    next_attempt_at: datetime | None
    etag: str
    last_modified: str
    article_id: str | None


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article to store; its words decide whether it is new, edited or known.

    A beginning or a feed's text never replaces a longer one that a page has shown.
    """

    article_id: str
    url: str
    publisher: str
    feed_id: str
    kind: str
    title: str
    byline: str
    published_at: datetime | None
    first_seen_at: datetime
    fetched_at: datetime
    language: str
    text: str
    text_hash: str
    words: int
    extractor_version: str
    is_live: bool
    text_source: TextSource = TextSource.PAGE


@dataclass(frozen=True, slots=True)
class ReadBatch:
    """What reading a chunk of entries brought, to be stored together."""

    outcomes: Sequence[ReadOutcome]
    articles: Sequence[ArticleRow]
    fetches: Sequence[FetchRow]
    drops: Sequence[Drop]


@dataclass(frozen=True, slots=True)
class ArticleForAnalysis:
    """An article whose statements are to be derived (again)."""

    article_id: str
    url: str
    publisher: str
    title: str
    byline: str
    published_on: date | None
    text: str
    revision: int
    is_given: bool = False
    """Its labels came with it: no engine is asked."""


@dataclass(frozen=True, slots=True)
class AnalysedRow:
    """That an article was analysed, at which revision and by which engine; if labels came with it, who placed names."""

    article_id: str
    revision: int
    themes: tuple[str, ...]
    model_version: str
    placed_by: str = ""


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A statement to store; ``text`` is the article's ``text[start_char:end_char]``."""

    statement_id: str
    article_id: str
    persona_id: str | None
    person: str
    role: str
    organisation: str
    actor_type: str
    text: str
    start_char: int
    end_char: int
    quote_kind: str
    stance: str
    stance_score: float
    confidence: float
    evidence_start: int
    evidence_end: int
    themes: tuple[str, ...]
    words_key: str
    shingles: tuple[int, ...]
    model_version: str
    question_id: str


@dataclass(frozen=True, slots=True)
class StatementBatch:
    """The statements of a chunk of articles, what they mean, the personas they name, and which of these are tied."""

    statements: Sequence[StatementRow]
    personas: Sequence[PersonaRow]
    ties: Sequence[TieRow]
    meanings: Sequence[MeaningRow] = ()


def select_entries_to_read(
    warehouse: Warehouse, now: datetime, limit: int, *, with_archives: bool = False
) -> list[EntryForRead]:
    """The next chunk of entries whose pages are to be read, first attempts first; those from archives if asked for."""
    return warehouse.select("select_entries_to_read", EntryForRead, now=now, limit=limit, with_archives=with_archives)


def record_reads(warehouse: Warehouse, run_id: str, now: datetime, batch: ReadBatch) -> Counter[str]:
    """Store a chunk of reading in one transaction; count articles_new and articles_edited."""
    with (
        warehouse.staged("staged_reads", ReadOutcome, batch.outcomes),
        warehouse.staged("staged_fetches", FetchRow, batch.fetches),
        warehouse.staged("staged_drops", Drop, batch.drops),
        warehouse.staged("staged_articles", ArticleRow, batch.articles),
        warehouse.transaction(),
    ):
        with tallied(warehouse, "touch_read_articles", is_of_articles=True):
            counts = _merge_articles(warehouse)
            warehouse.execute("update_entries_read")
            warehouse.execute("retitle_articles")
        warehouse.execute("insert_fetches", run_id=run_id)
        warehouse.execute("insert_drops", now=now)
    return counts


def store_articles(
    warehouse: Warehouse,
    now: datetime,
    articles: Sequence[ArticleRow],
    drops: Sequence[Drop],
    given: Sequence[GivenLabels] = (),
) -> Counter[str]:
    """Store articles that did not come through a feed (seeds, imports), with labels given for them, in one transaction.

    What is stored of a text without labels takes back those that were given for it before.
    """
    statements = [statement for labels in given for statement in labels.statements]
    with (
        warehouse.staged("staged_articles", ArticleRow, articles),
        warehouse.staged("staged_drops", Drop, drops),
        warehouse.staged("staged_given_texts", GivenText, [labels.text for labels in given]),
        warehouse.staged("staged_given_statements", GivenStatement, statements),
        warehouse.transaction(),
    ):
        for step in _GIVEN:
            warehouse.execute(step)
        with tallied(warehouse, "touch_stored_articles", is_of_articles=True):
            counts = _merge_articles(warehouse)
        warehouse.execute("insert_drops", now=now)
    return counts


def _merge_articles(warehouse: Warehouse) -> Counter[str]:
    warehouse.execute("drop_known_revisions")
    warehouse.execute("insert_revisions")
    warehouse.execute("readdress_articles")
    ((new,),) = warehouse.execute("count_unknown_articles")
    edited = warehouse.change("merge_articles") - new
    assign_stories(warehouse)
    return Counter(articles_new=new, articles_edited=edited)


def select_articles_to_analyse(
    warehouse: Warehouse, model_version: str, limit: int, *, only_known: bool = False
) -> list[ArticleForAnalysis]:
    """The next chunk of articles that are new, edited, or labelled by another engine version; or only of the last."""
    return warehouse.select(
        "select_articles_to_analyse",
        ArticleForAnalysis,
        model_version=model_version,
        limit=limit,
        only_known=only_known,
    )


def record_analyses(warehouse: Warehouse, analysed: Sequence[AnalysedRow], batch: StatementBatch) -> Counter[str]:
    """Replace the statements of the analysed articles and resolve who speaks, in one transaction.

    What analysts said of the same words wins; what people said whose words are to stay erased is not stored.
    """
    batch, places = keep_out(batch)
    with (
        warehouse.staged("staged_analysed", AnalysedRow, analysed),
        warehouse.staged("staged_statements", StatementRow, batch.statements),
        warehouse.staged("staged_meanings", MeaningRow, batch.meanings),
        warehouse.staged("staged_personas", PersonaRow, batch.personas),
        warehouse.staged("staged_ties", TieRow, batch.ties),
        warehouse.transaction(),
        tallied(warehouse, "touch_analysed_articles", is_of_articles=bool(places)),
    ):
        for step in (
            "touch_personas",
            "merge_personas",
            "delete_ties",
            "insert_ties",
            "delete_echoes",
            "delete_meanings",
            "delete_statements",
            "retire_statements",
            "merge_statements",
            "insert_meanings",
            "update_articles_analysed",
            "update_given_placed",
        ):
            warehouse.execute(step)
        correct_analysed(warehouse)
        resolve_actors(warehouse)
        if places:
            blank(warehouse, places)
    return Counter(articles_analysed=len(analysed), statements=len(batch.statements))


def record_drops(warehouse: Warehouse, now: datetime, drops: Sequence[Drop]) -> None:
    """Store why items went no further."""
    if drops:
        with warehouse.staged("staged_drops", Drop, drops), warehouse.transaction():
            warehouse.execute("insert_drops", now=now)


def record_seeds(warehouse: Warehouse, now: datetime, seeds: Sequence[SeedRow]) -> None:
    """Remember which seed file became which article."""
    with warehouse.staged("staged_seeds", SeedRow, seeds), warehouse.transaction():
        warehouse.execute("merge_seeds", now=now)


@dataclass(frozen=True, slots=True)
class SeedRow:
    """A seed document that is loaded."""

    file: str
    sha256: str
    article_id: str


def select_loaded_seeds(warehouse: Warehouse) -> dict[str, str]:
    """File name -> sha256 of the seeds that are loaded."""
    return {str(file): str(sha256) for file, sha256 in warehouse.execute("select_loaded_seeds")}
