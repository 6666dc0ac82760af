"""The words of forgotten people, erased: from the ledger, all that hangs on it, and the texts that print them."""

from __future__ import annotations

import dataclasses
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from extractors.forgetting import words_of
from extractors.masking import is_erased

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from warehouse.articles import StatementBatch
    from warehouse.database import Warehouse

FILLING: Final = "xxxxx "
"""What stands in the place of words: no length of any tells which they were."""
_TELLING: Final = 6
"""So many words in a row that somebody said are his or her words."""
_DELETING: Final = (
    "positions", "events", "alerts", "reviews", "event_changes", "messages", "deliveries", "arrivals", "corrections",
    "amendments", "opinions", "meanings", "echoes", "reprints", "word_runs", "voices", "persona_ties", "actor_verdicts",
    "given_statements", "statements", "personas",
)  # fmt: skip
"""In this order: what leads to a row goes after it."""


@dataclass(frozen=True, slots=True)
class ErasedPersona:
    """A persona whose words are erased."""

    persona_id: str


@dataclass(frozen=True, slots=True)
class SpokenPlace:
    """Where somebody's words stand."""

    article_id: str
    start_char: int
    end_char: int
    text: str
    is_erased: bool


@dataclass(frozen=True, slots=True)
class PrintedText:
    """A title and text that are stored, of an article or one of its revisions."""

    table_name: str
    row_id: int
    article_id: str
    title: str
    text: str
    is_present: bool


@dataclass(frozen=True, slots=True)
class BlankedText:
    """The same without erased words."""

    table_name: str
    row_id: int
    title: str
    text: str


def erase(warehouse: Warehouse) -> Counter[str]:
    """Erase what the personas in ``staged_erased`` said, within the caller's transaction and `tallied`; counts rows."""
    ((number,),) = warehouse.execute("find_erased")
    done: Counter[str] = Counter()
    if number:
        blank(warehouse, warehouse.select("select_erased_places", SpokenPlace))
        warehouse.execute("empty_erased_entries")
        warehouse.execute("reopen_erased_originals")
    for table in _DELETING:
        done[f"store.{table}"] += len(warehouse.execute(f"erase_{table}"))
    return done


def blank(warehouse: Warehouse, places: Sequence[SpokenPlace]) -> None:
    """Put filling in the place of erased words, in articles and their revisions; no offset moves.

    Words that others are quoted with at the same place stay.
    """
    articles = sorted({place.article_id for place in places if place.is_erased})
    blanked = []
    for text in warehouse.select("select_printed_of", PrintedText, articles=articles):
        here = [place for place in places if place.article_id == text.article_id]
        said = [place for place in here if place.is_erased]
        spans = [(p.start_char, p.end_char) for p in said] if text.is_present else []
        spans = [(b, e) for b, e in spans if any(text.text[b:e] == p.text for p in said)]
        kept = [(p.start_char, p.end_char) for p in here if not p.is_erased] if text.is_present else []
        runs = _runs(place.text for place in said)
        body = filled(text.text, [*spans, *_said(text.text, runs)], kept)
        blanked.append(BlankedText(text.table_name, text.row_id, filled(text.title, _said(text.title, runs), []), body))
    with warehouse.staged("staged_blanked", BlankedText, blanked):
        warehouse.execute("write_blanked_articles")
        warehouse.execute("write_blanked_revisions")


def filled(text: str, spans: Iterable[tuple[int, int]], kept: Iterable[tuple[int, int]]) -> str:
    """A text with filling in the spans, except where others' words are kept."""
    letters = list(text)
    covered = {at for begin, end in spans for at in range(begin, end)} - {at for b, e in kept for at in range(b, e)}
    begun = 0
    for at in sorted(covered):
        begun = begun if at - 1 in covered else at
        if letters[at] != "\n":
            letters[at] = FILLING[(at - begun) % len(FILLING)]
    return "".join(letters)


def keep_out(batch: StatementBatch) -> tuple[StatementBatch, list[SpokenPlace]]:
    """What is said by others, and where the words stand that are not to be stored: those of people under a mask."""
    erased = {row.statement_id for row in batch.statements if is_erased(row.person)}
    if not erased:
        return batch, []
    personas = {row.persona_id for row in batch.statements if row.statement_id in erased}
    articles = {row.article_id for row in batch.statements if row.statement_id in erased}
    places = [
        SpokenPlace(row.article_id, row.start_char, row.end_char, row.text, row.statement_id in erased)
        for row in batch.statements
        if row.article_id in articles
    ]
    return dataclasses.replace(
        batch,
        statements=[row for row in batch.statements if row.statement_id not in erased],
        personas=[row for row in batch.personas if row.persona_id not in personas],
        ties=[row for row in batch.ties if not {row.persona_id, row.other_id} & personas],
        meanings=[row for row in batch.meanings if row.statement_id not in erased],
    ), places


def _runs(said: Iterable[str]) -> dict[tuple[str, ...], int]:
    """The runs of words by which somebody's words are known again; short ones in whole."""
    runs: dict[tuple[str, ...], int] = {}
    for text in said:
        words = [word for *_, word in words_of(text)]
        size = min(_TELLING, len(words))
        if size > len(("two", "words")):
            runs |= {tuple(words[at : at + size]): size for at in range(len(words) - size + 1)}
    return runs


def _said(text: str, runs: dict[tuple[str, ...], int]) -> list[tuple[int, int]]:
    words = words_of(text)
    plain = [word for *_, word in words]
    return [
        (words[at][0], words[at + size - 1][1])
        for size in sorted({*runs.values()})
        for at in range(len(words) - size + 1)
        if tuple(plain[at : at + size]) in runs
    ]
