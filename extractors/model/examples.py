"""The labelled statements: read from data/*.jsonl, checked, and split by batch, never by sentence."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from extractors.phrases import tokens
from extractors.records import ActorType, Document, Passage, QuoteKind, Speaker, Stance, Theme

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

FROZEN: Final = frozenset(
    {"x1_regional_daily", "x1_trade_magazine", "x1_westminster"}
    | {"x2_national_broadsheet", "x2_nations_and_locals", "x2_think_tank_and_union"}
)
"""Batches of the frozen test split: two writers who wrote nothing else, on sub-topics that nobody else touches."""
WHOLE: Final = frozenset({"y1_whole_articles", "y2_reported_rows"})
"""Whole articles, every statement of them, by two further writers who wrote nothing else, on the same sub-topics."""
PLAIN: Final = frozenset({"zq2_plain_test"})
"""Plain statements of releases and news, by a writer who wrote nothing else, on sub-topics of their own."""
EARLIER: Final = frozenset({"regional_weekly", "nations_bulletin", "blog", "trade_newsletter"})
"""Batches held out from the first model on, by an earlier house of writers."""
PLAIN_DEVELOPMENT: Final = "zq1_plain_dev"
"""The plain batch of the development split: surer than the rest of it."""
DEVELOPMENT: Final = frozenset(
    {"t3_indirect_positions", "t8_local_and_regional", "b_trade_weekly", "c_column_and_letters"}
    | {"u1_leaders_blogs", "v2_broadsheet_and_broadcast", PLAIN_DEVELOPMENT}
)
"""Whole batches on which calibration and thresholds are chosen; training never sees them."""
HELD_OUT: Final = FROZEN | WHOLE | PLAIN | EARLIER
_SHINGLE: Final = 4
_NEAR: Final = 0.4


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled statement with what stands before it.

    ``themes`` are the writer's; ``second`` those of a reader who saw no labels, None where there was none.
    """

    text: str
    before: str
    title: str
    stance: Stance
    themes: tuple[Theme, ...]
    topic: str
    batch: str
    second: tuple[Theme, ...] | None = None

    def theme_share(self, theme: Theme) -> float:
        """Share of the readers who gave a theme."""
        readings = (self.themes,) if self.second is None else (self.themes, self.second)
        return sum(theme in reading for reading in readings) / len(readings)

    def in_context(self) -> tuple[Document, Passage]:
        """The statement as the engine meets it, in a document behind what stands before it; nobody speaks."""
        lead = f"{self.before} " if self.before else ""
        document = Document(text=lead + self.text, title=self.title)
        nobody = Speaker("", "", "", ActorType.OTHER)
        return document, Passage(len(lead), len(document.text), nobody, QuoteKind.INDIRECT)


@dataclass(frozen=True, slots=True)
class Split:
    """Training, development and held-out examples; no batch stands in two of them.

    No sub-topic and no near-duplicate of a held-out one stands in the others.
    """

    train: tuple[Example, ...]
    dev: tuple[Example, ...]
    test: tuple[Example, ...]


class DataError(ValueError):
    """Training data that breaks a rule of the split or of the codebook; the message names the line or the pair."""


def read(folder: Path) -> Split:
    """Return the split of all ``*.jsonl`` files under ``folder``, in the order of their names.

    Raises:
        DataError: A line is malformed, or the two sides share a batch's sub-topic or a near-duplicate.
    """
    found = [
        _parse(line, f"{path.name}:{number}")
        for path in sorted(folder.glob("*.jsonl"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
    ]
    return split(found)


def split(examples: Sequence[Example]) -> Split:
    """Return ``examples`` split by batch.

    Raises:
        DataError: The two sides share a sub-topic or a near-duplicate.
    """
    train = tuple(example for example in examples if example.batch not in HELD_OUT | DEVELOPMENT)
    dev = tuple(example for example in examples if example.batch in DEVELOPMENT)
    test = tuple(example for example in examples if example.batch in HELD_OUT)
    shared = {example.topic for example in (*train, *dev)} & {example.topic for example in test}
    if shared:
        raise DataError(f"sub-topics on both sides of the split: {', '.join(sorted(shared))}")
    _refuse_near_duplicates((*train, *dev), test)
    return Split(train, dev, test)


def _parse(line: str, where: str) -> Example:
    try:
        raw = json.loads(line)
        example = Example(
            text=raw["text"],
            before=raw["before"],
            title=raw["title"],
            stance=Stance(raw["stance"]),
            themes=tuple(Theme(key) for key in raw["themes"]),
            topic=raw["topic"],
            batch=raw["batch"],
            second=tuple(Theme(key) for key in raw["second"]) if "second" in raw else None,
        )
    except (ValueError, KeyError, TypeError) as error:
        raise DataError(f"{where}: not a labelled statement ({type(error).__name__}: {error})") from error
    if example.stance is not Stance.NONE and Theme.AUTONOMY_CONTROL not in example.themes:
        raise DataError(f"{where}: a statement with a stance carries autonomy_control")
    return example


def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    words = [token.stem for token in tokens(text) if token.is_word]
    if len(words) < _SHINGLE:
        return frozenset({tuple(words)})
    return frozenset(tuple(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1))


def _refuse_near_duplicates(train: Sequence[Example], test: Sequence[Example]) -> None:
    by_shingle: dict[tuple[str, ...], set[int]] = {}
    known = [_shingles(example.text) for example in train]
    for position, shingles in enumerate(known):
        for shingle in shingles:
            by_shingle.setdefault(shingle, set()).add(position)
    for example in test:
        own = _shingles(example.text)
        for position in sorted({at for shingle in own for at in by_shingle.get(shingle, ())}):
            if len(own & known[position]) >= _NEAR * min(len(own), len(known[position])):
                raise DataError(f"near-duplicates across the split: {example.text!r} ~ {train[position].text!r}")
