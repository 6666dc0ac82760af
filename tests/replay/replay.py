"""`make replay`: 1,502 polls of one feed through the real code; how many entries and articles are one too many or lost.

Each poll is an RSS document that is parsed, identified and stored as any other; each page that then waits is read as an
article of invented words. Without network: the documents and pages are made here.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from email.utils import format_datetime
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from extractors.feed import parse_feed
from extractors.identity import page_address
from extractors.records import ExtractedPage
from flows.entries import entry_rows
from flows.read import _article
from tests.replay.history import PAUSE, START, History, Shown, Sizes
from tests.warehouse.feed_rows import feed, outcome
from tests.warehouse.timeline import open_timeline
from warehouse.articles import ReadBatch, ReadOutcome, record_reads, select_entries_to_read
from warehouse.polls import PollBatch, record_polls, select_due_feeds, sync_feeds

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tests.warehouse.timeline import Timeline
    from warehouse.articles import ArticleRow, EntryForRead

WHOLE = Sizes(polls=1502, ids=11_019, redated=10_832, retitled=3_507, returns=1_992)
SEED = 1


@dataclass(frozen=True, slots=True)
class Figures:
    """What a replay came to; ``wrong_titles`` counts entries whose newest headline is not the one stored."""

    entries: int
    true_entries: int
    duplicate_entries: int
    lost_entries: int
    duplicate_articles: int
    lost_articles: int
    duplicate_stories: int
    merged_stories: int
    wrong_titles: int


class Replay:
    """One feed's history on its way through a warehouse."""

    def __init__(self, timeline: Timeline, history: History) -> None:
        self.timeline = timeline
        self.history = history
        self.counts: Counter[str] = Counter()
        self.entries: dict[str, set[str]] = {}
        self.truths: dict[str, str] = {}
        self.newest: dict[str, Shown] = {}
        sync_feeds(timeline.warehouse, [feed("news")])

    def run(self) -> Figures:
        """Store and read everything."""
        for number, shown in enumerate(self.history.polls):
            now = START + PAUSE * number
            self._poll(shown, now)
            while self._read(now):
                pass
        return self._figures()

    def _poll(self, shown: Sequence[Shown], now: datetime) -> None:
        (source,) = select_due_feeds(self.timeline.warehouse, now)
        parsed = parse_feed(rss(shown), content_type="application/rss+xml", base_url=source.url, now=now)
        entries, drops = entry_rows(source, parsed)
        polled = outcome("news", next_fetch_at=now)
        self.counts += record_polls(self.timeline.warehouse, "run", now, PollBatch([polled], [], entries, drops))
        self.newest |= {one.identity: one for one in shown}
        true = {one.url: one.identity for one in shown}
        for url, entry_id in self.timeline.query("SELECT url, entry_id FROM identified_entries"):
            self.entries.setdefault(true[url], set()).add(entry_id)
            self.truths.setdefault(entry_id, true[url])

    def _read(self, now: datetime) -> int:
        waiting = select_entries_to_read(self.timeline.warehouse, now, 200)
        if waiting:
            articles = [self._page(entry) for entry in waiting]
            ended = [
                ReadOutcome(entry.entry_id, "read", "", 0, None, "", "", article.article_id)
                for entry, article in zip(waiting, articles, strict=True)
            ]
            self.counts += record_reads(self.timeline.warehouse, "run", now, ReadBatch(ended, articles, [], []))
        return len(waiting)

    def _page(self, entry: EntryForRead) -> ArticleRow:
        """The page behind an entry: the words are those of its true identity, or of the edition of the day."""
        identity = self.truths[entry.entry_id]
        about = entry.title if identity == "live" else identity
        page = ExtractedPage(entry.title, "", None, "", "en", "", invented_text(about))
        return _article(entry, page, page_address(entry.url, entry.url, ""))

    def _figures(self) -> Figures:
        holders = Counter(entry_id for ids in self.entries.values() for entry_id in ids)
        articles = dict(self.timeline.query("SELECT entry_id, article_id FROM store.entries"))
        stories = dict(self.timeline.query("SELECT article_id, story_id FROM articles"))
        read = {one: {articles[entry] for entry in ids} for one, ids in self.entries.items()}
        told = {one: {stories[article] for article in ids} for one, ids in read.items()}
        titles = dict(self.timeline.query("SELECT entry_id, title FROM store.entries"))
        return Figures(
            entries=len(holders),
            true_entries=len(self.history.identities),
            duplicate_entries=_too_many(self.entries),
            lost_entries=sum(holders.values()) - len(holders),
            duplicate_articles=_too_many(read),
            lost_articles=_shared(read),
            duplicate_stories=_too_many(told),
            merged_stories=_shared(told),
            wrong_titles=sum(
                titles[entry] != self.newest[one].title for one, ids in self.entries.items() for entry in ids
            ),
        )


def rss(shown: Sequence[Shown]) -> bytes:
    """A feed document of these entries."""
    items = "".join(
        f"<item><title>{escape(one.title)}</title><link>{escape(one.url)}</link>"
        f'<guid isPermaLink="false">{escape(one.guid)}</guid>'
        f"<pubDate>{format_datetime(one.published_at)}</pubDate></item>"
        for one in shown
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>{items}</channel></rss>'.encode()


def invented_text(about: str) -> str:
    """Two paragraphs of words that are about nothing else."""
    pick = random.Random(about)  # noqa: S311 - the same words whenever they are asked for
    sounds = ("ba", "ke", "lo", "mi", "nu", "ra", "se", "ti", "vo", "du")
    words = ["".join(pick.choice(sounds) for _ in range(3)) for _ in range(90)]
    return f"{' '.join(words[:45])}.\n\n{' '.join(words[45:])}."


def _too_many(found: dict[str, set[str]]) -> int:
    return sum(len(ids) - 1 for ids in found.values())


def _shared(found: dict[str, set[str]]) -> int:
    holders = Counter(one for ids in found.values() for one in ids)
    return sum(holders.values()) - len(holders)


def main() -> None:
    """Replay the whole history and print what came of it; the exit status is 1 unless nothing is doubled or lost."""
    started = time.monotonic()
    history = History(WHOLE, SEED)
    with tempfile.TemporaryDirectory() as folder, open_timeline(Path(folder)) as timeline:
        replay = Replay(timeline, history)
        figures = replay.run()
    shown = sum(len(poll) for poll in history.polls)
    done = {kind: sum(len(getattr(life, kind)) for life in history.lives) for kind in ("redated", "retitled", "moved")}
    say(f"{len(history.polls):,} polls that show {shown:,} entries")
    say(f"{WHOLE.ids:,} ids of {figures.true_entries:,} true entries")
    say(", ".join(f"{number:,} {kind}" for kind, number in done.items()) + f", {WHOLE.returns:,} return after weeks")
    say(f"entries   {figures.entries:,}: {figures.duplicate_entries} twice, {figures.lost_entries} lost")
    say(f"articles  {figures.duplicate_articles} twice, {figures.lost_articles} lost")
    say(f"stories   {figures.duplicate_stories} twice, {figures.merged_stories} merged with others")
    say(f"headlines {figures.wrong_titles} out of date")
    say(f"{time.monotonic() - started:.0f} s")
    wrong = (figures.duplicate_entries, figures.lost_entries, figures.duplicate_articles, figures.lost_articles)
    sys.exit(1 if any((*wrong, figures.duplicate_stories, figures.merged_stories, figures.wrong_titles)) else 0)


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
