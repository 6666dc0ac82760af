"""`make bench-stories`: what the stories of new articles cost beside ten and a hundred thousand known ones."""

from __future__ import annotations

import random
import sys
import tempfile
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.identity import content_id
from extractors.story import sketch
from tests.warehouse.timeline import Timeline, at, open_timeline, page
from warehouse.articles import store_articles

if TYPE_CHECKING:
    from warehouse.articles import ArticleRow

FEW, MANY, NEW = 10_000, 100_000, 200
WORDS, COPIED = 300, 0.1
STORED_AT_ONCE = 1000
_COMMON = 4000


def measure_stories() -> None:
    """Print the cost of a chunk of new articles with so many known ones, and how it grows."""
    with tempfile.TemporaryDirectory() as folder, open_timeline(Path(folder)) as timeline:
        costs = []
        known = 0
        for size in (FEW, MANY):
            while known < size:
                store(timeline, known, STORED_AT_ONCE)
                known += STORED_AT_ONCE
            seconds = min(cost(timeline, known + run * NEW) for run in range(3))
            known += STORED_AT_ONCE  # three chunks came in between
            costs.append(seconds)
            ((stories, articles),) = timeline.query("SELECT count(DISTINCT story_id), count(*) FROM store.articles")
            say(
                f"stories of {NEW} new articles, {size:>7,} known {seconds:6.2f} CPU s"
                f"   ({articles - stories:,} of {articles:,} are copies)"
            )
        texts = [invented(number) for number in range(NEW)]
        started = time.process_time()
        for text in texts:
            sketch("", "", text)
        bare = time.process_time() - started
        say(
            f"{MANY // FEW} x the known articles: {costs[1] / costs[0]:.2f} x the time; {bare:.2f} s for sketches alone"
        )


def cost(timeline: Timeline, start: int) -> float:
    """CPU seconds to store a chunk of new articles with their stories."""
    started = time.process_time()
    store(timeline, start, NEW)
    return time.process_time() - started


def store(timeline: Timeline, start: int, number: int) -> None:
    """Store articles of these numbers."""
    store_articles(timeline.warehouse, at(60), [article(each) for each in range(start, start + number)], [])


def article(number: int) -> ArticleRow:
    """An article; one in ten is another outlet's copy of one of the last hundred, with a paragraph added."""
    pick = random.Random(number)  # noqa: S311 - the same articles at each run
    text = invented(number)
    if number and pick.random() < COPIED:
        text = f"{invented(number - pick.randint(1, min(number, 100)))}\n\n{text[:200]}"
    row = page(f"a{number}", 1).row()
    title = text[:60]
    return replace(
        row,
        title=title,
        publisher=f"Outlet {number % 150}",
        published_at=at(1) + timedelta(minutes=10 * number),
        text=text,
        text_hash=content_id(text),
    )


def invented(number: int) -> str:
    """Words as frequent as those of a language: a few very often, most of them seldom."""
    pick = random.Random(-number - 1)  # noqa: S311 - the same words at each run
    return " ".join(f"w{int(_COMMON ** pick.random())}" for _ in range(WORDS))


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    measure_stories()
