"""Pairs of texts that are one story or two: written by hand, and copies made of the sample newsroom's articles.

Half of each kind is for tuning (dev), half is set aside (test): other hand-written texts, other articles.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from extractors.article import html_to_text
from flows.newsroom import load_newsroom

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FOLDER = Path(__file__).parent
HALVES = ("dev", "test")
DAY = datetime(2026, 6, 1, 9, tzinfo=UTC)
FEWEST_WORDS = 90


@dataclass(frozen=True, slots=True)
class Print:
    """A text as one publisher prints it."""

    publisher: str
    title: str
    published_at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts, and whether they are one story."""

    name: str
    half: str
    is_same: bool
    first: Print
    second: Print


def all_pairs() -> list[Pair]:
    """Every pair, written and made."""
    return [*(pair for half in HALVES for pair in _written(half)), *_made()]


def _written(half: str) -> Iterator[Pair]:
    for record in yaml.safe_load((FOLDER / f"pairs_{half}.yml").read_text("utf-8")):
        texts = _texts(record)
        titles, publishers = record["titles"], record.get("publishers", ["Valley Post", "Hill Gazette"])
        days = (DAY, DAY + timedelta(days=record.get("days", 1)))
        prints = [Print(*each) for each in zip(publishers, titles, days, texts, strict=True)]
        yield Pair(record["name"], half, record["same"], *prints)


def _texts(record: dict[str, Any]) -> list[str]:
    if "template" in record:
        return [_unfolded(record["template"].format(**words)) for words in record["fill"]]
    return [_unfolded(record["first"]), _unfolded(record["second"])]


def _unfolded(text: str) -> str:
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in text.strip().split("\n\n"))


def newsroom_texts() -> list[tuple[str, str, str]]:
    """Publisher, title and text of each sample article, as on its last day."""
    found = {}
    for site in load_newsroom():
        for article in site.articles:
            found[site.publisher.name, article.path] = (article.title, html_to_text(article.body))
    return [(publisher, title, text) for (publisher, _), (title, text) in sorted(found.items())]


def _made() -> Iterator[Pair]:
    """Each sample article of some length as another paper might print it."""
    articles = [found for found in newsroom_texts() if len(found[2].split()) >= FEWEST_WORDS]
    kinds = cycle(COPIES)
    for number, (publisher, title, text) in enumerate(articles):
        copy = next(kinds)
        half = HALVES[number // len(COPIES) % 2]
        picked = random.Random(number)  # noqa: S311 - the same copies at each run
        other, copied = copy(title, text.split("\n\n"), picked)
        first = Print(publisher, title, DAY, text)
        second = Print("Moor Times", other, DAY + timedelta(hours=picked.randint(-20, 40)), "\n\n".join(copied))
        yield Pair(f"{copy.__name__.strip('_')}: {title}", half, True, first, second)


def _headline(title: str) -> str:
    return f"Exclusive: {title.partition(' ')[0]} and others on what comes next"


def _whole(title: str, text: list[str], _: random.Random) -> tuple[str, list[str]]:
    return _headline(title), text


def _cut_at_the_end(title: str, text: list[str], _: random.Random) -> tuple[str, list[str]]:
    return _headline(title), text[: max(2, len(text) * 2 // 3)]


def _cut_to_half(title: str, text: list[str], _: random.Random) -> tuple[str, list[str]]:
    return title, text[: max(2, (len(text) + 1) // 2)]


def _paragraph_added(title: str, text: list[str], _: random.Random) -> tuple[str, list[str]]:
    added = (
        "The paper asked its readers what they make of it. Most of those who wrote said that they had heard it before."
    )
    return _headline(title), [*text, added]


def _other_lead(title: str, text: list[str], _: random.Random) -> tuple[str, list[str]]:
    lead = (
        "It is the talk of every ward in our county, and has been since the news came through early yesterday morning."
    )
    return title, [lead, *text[1:]]


def _agency_lines(title: str, text: list[str], _: random.Random) -> tuple[str, list[str]]:
    lines = ["By our health desk and agencies", f"HARWICK, Tuesday - {text[0]}", *text[1:]]
    return _headline(title), [*lines, "© Northern Wire. No part may be used without leave."]


def _other_typography(title: str, text: list[str], _: random.Random) -> tuple[str, list[str]]:
    marks = str.maketrans("“”‘’–", "\"\"''-")
    return title.upper(), [" ".join(text).translate(marks).replace(" - ", " – ")]


def _sub_edited(title: str, text: list[str], picked: random.Random) -> tuple[str, list[str]]:
    """One word in thirty is another one."""
    words = [paragraph.split() for paragraph in text]
    for paragraph in words:
        for place in range(len(paragraph)):
            if picked.random() < 1 / 30 and paragraph[place].isalpha():
                paragraph[place] = picked.choice(("recently", "reportedly", "nearly", "the", "also", "this"))
    return _headline(title), [" ".join(paragraph) for paragraph in words]


def _middle_left_out(title: str, text: list[str], picked: random.Random) -> tuple[str, list[str]]:
    place = picked.randrange(1, max(2, len(text) - 1))
    return _headline(title), [*text[:place], *text[place + 1 :]]


def _turned_round(title: str, text: list[str], _: random.Random) -> tuple[str, list[str]]:
    return _headline(title), [*text[:1], *reversed(text[1:])]


COPIES: tuple[Callable[[str, list[str], random.Random], tuple[str, list[str]]], ...] = (
    _whole,
    _cut_at_the_end,
    _cut_to_half,
    _paragraph_added,
    _other_lead,
    _agency_lines,
    _other_typography,
    _sub_edited,
    _middle_left_out,
    _turned_round,
)
