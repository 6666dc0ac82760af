"""`make evaluate`: which texts are copies of one story, told by a warehouse."""

from __future__ import annotations

import itertools
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.identity import content_id
from extractors.story import are_copies, wording
from tests.stories.pairs import DAY, HALVES, Pair, Print, all_pairs, newsroom_texts
from tests.warehouse.timeline import open_timeline, page
from warehouse.articles import ArticleRow, store_articles

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True)
class Score:
    """How well pairs are told apart."""

    pairs: int
    hits: int
    wrong: tuple[str, ...]
    missed: tuple[str, ...]

    @property
    def precision(self) -> float:
        """Of the pairs taken for one story, the share that are."""
        return self.hits / max(1, self.hits + len(self.wrong))

    @property
    def recall(self) -> float:
        """Of the pairs that are one story, the share taken for one."""
        return self.hits / max(1, self.hits + len(self.missed))


def score(pairs: Sequence[Pair]) -> Score:
    """What one warehouse makes of pairs, of which it gets all the first texts and then all the second ones."""
    with tempfile.TemporaryDirectory() as folder, open_timeline(Path(folder)) as timeline:
        for side in ("first", "second"):
            rows = [article_row(f"{side} {number}", getattr(pair, side)) for number, pair in enumerate(pairs)]
            store_articles(timeline.warehouse, DAY, rows, [])
        stories = dict(timeline.query("SELECT article_id, story_id FROM articles"))
    told = [(pair, stories[f"first {number}"] == stories[f"second {number}"]) for number, pair in enumerate(pairs)]
    return Score(
        pairs=len(pairs),
        hits=sum(pair.is_same and is_one for pair, is_one in told),
        wrong=tuple(pair.name for pair, is_one in told if is_one and not pair.is_same),
        missed=tuple(pair.name for pair, is_one in told if pair.is_same and not is_one),
    )


def article_row(article_id: str, printed: Print) -> ArticleRow:
    """A printed text as the warehouse takes it."""
    row = page(article_id, 1).row()
    values = {name: getattr(row, name) for name in ArticleRow.__slots__}
    values |= {"publisher": printed.publisher, "title": printed.title, "text": printed.text}
    values |= {"published_at": printed.published_at, "text_hash": content_id(printed.text)}
    return ArticleRow(**values)


def merged_articles() -> list[tuple[str, str]]:
    """Of all pairs of sample articles, the titles of those that the rule takes for copies."""
    worded = [
        (f"{publisher}: {title}", wording(publisher, title, "", DAY, text))
        for publisher, title, text in newsroom_texts()
    ]
    pairs = itertools.combinations(worded, 2)
    return [(first, second) for (first, one), (second, other) in pairs if are_copies(one, other)]


def main() -> None:
    """Print the figures of both halves, and with an argument the misses."""
    pairs = all_pairs()
    for half in HALVES:
        found = score([pair for pair in pairs if pair.half == half])
        same = found.hits + len(found.missed)
        say(
            f"stories, {half:<4}  {found.pairs} pairs, {same} of them copies   P {found.precision:.3f}"
            f"  R {found.recall:.3f}"
        )
        if len(sys.argv) > 1 and sys.argv[1] == half:
            say_all("  taken for copies: ", found.wrong)
            say_all("  not found: ", found.missed)
    for first, second in merged_articles():
        say(f"  copies in the newsroom: {first} = {second}")


def say_all(start: str, lines: Iterable[str]) -> None:
    """Print each line behind a start."""
    for line in lines:
        say(start + line)


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
