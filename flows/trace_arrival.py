"""How an item arrived, in steps: entry, page, article, story."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.trace_steps import Step, Tone, clock_time, count
from flows.wording import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from warehouse.traced import ArticleSeen, CopySeen, DropSeen, EntrySeen, FetchSeen
    from warehouse.tracing import ItemHistory

COPIES_SHOWN = 5
NAMES_SHOWN = 3
SOURCES = {
    "page": "from the page",
    "pdf": "from a PDF",
    "feed": "from the feed, since the page could not be had",
    "teaser": "the beginning only, as shown before a wall",
    "file": "from a file",
}
_TONES = {"ok": Tone.DONE, "not_modified": Tone.DONE, "degraded": Tone.HELD}
_OUTCOMES = {"ok": "came", "not_modified": "is as it was", "degraded": "came, but", "failed": "failed"}


def arrival(history: ItemHistory) -> Iterator[Step]:
    """From the feed's entry to the stored article and its story."""
    for entry in history.entries:
        yield from _entry(entry)
    yield from map(fetch_step, history.fetches)
    for entry in history.entries:
        yield from _read(entry)
    yield from map(drop_step, _unsaid(history))
    if history.article is not None:
        yield from _article(history, history.article)


def fetch_step(fetch: FetchSeen) -> Step:
    """One request, with how it ended."""
    what = {"page": "page", "feed": "feed"}.get(fetch.kind, "document")
    words = f"{what} {_OUTCOMES.get(fetch.outcome, fetch.outcome)}"
    words += f" {clean_line(fetch.reason)}" if fetch.outcome == "degraded" else ""
    facts = [clean_line(fetch.reason)] if fetch.reason and fetch.outcome != "degraded" else []
    if fetch.http_status is not None and f"HTTP {fetch.http_status}" not in fetch.reason:
        facts.append(f"HTTP {fetch.http_status}")
    if fetch.bytes:
        facts.append(f"{fetch.bytes:,} bytes")
    facts.append(f"{fetch.seconds:.1f} s")
    if fetch.final_url not in {fetch.url, ""}:
        facts.append(f"at {clean_line(fetch.final_url, 300)}")
    return Step(fetch.started_at, 1, "fetch", f"{words}: {', '.join(facts)}", _TONES.get(fetch.outcome, Tone.STOPPED))


def drop_step(drop: DropSeen) -> Step:
    """Why something went no further, by stage."""
    return Step(
        drop.dropped_at, 1, f"drop:{drop.stage}", f"dropped at {drop.stage}: {_line(drop.reason)}", Tone.STOPPED
    )


def why_history(entry: EntrySeen) -> str:
    """Why an entry is history, or that it is news."""
    if not entry.is_history:
        return "news"
    if entry.kept_since is not None:
        return f"history: found by a walk back to {entry.kept_since:%Y-%m-%d}, so it alerts nobody"
    return "history: it stood in the feed's first poll, so it alerts nobody"


def _entry(entry: EntrySeen) -> Iterator[Step]:
    feed = f"{entry.feed_id} ({clean_line(entry.publisher, 80)})" if entry.publisher else entry.feed_id
    words = f"seen in the feed {feed}: {why_history(entry)}"
    yield Step(entry.first_seen_at, 0, "entry", words, Tone.HELD if entry.is_history else Tone.DONE, entry.entry_id)
    if entry.published_at:
        yield Step(entry.published_at, 1, "entry", "published, as the feed says")
    else:
        yield Step(None, 1, "entry", "the feed gives no date")
    if entry.updated_at and entry.updated_at != entry.published_at:
        yield Step(entry.updated_at, 1, "entry", "updated, as the feed says")
    if entry.other_names:
        names = ", ".join(clean_line(other, 200) for other in entry.other_names[:NAMES_SHOWN])
        more = len(entry.other_names) - NAMES_SHOWN
        yield Step(None, 1, "entry", f"also given as {names}{f' and {more} more' if more > 0 else ''}")


def _read(entry: EntrySeen) -> Iterator[Step]:
    """What the reading of the page came to."""
    if entry.state == "waiting":
        yield Step(entry.next_attempt_at, 1, "read", waiting_words(entry), Tone.HELD)
    elif entry.state == "read" and entry.reason:
        yield Step(None, 1, "read", f"read: {_line(entry.reason)}", Tone.DONE)


def waiting_words(entry: EntrySeen) -> str:
    """What a page that was not read yet waits for."""
    if not entry.attempts:
        return "waits to be read by the next run"
    again = f" at {clock_time(entry.next_attempt_at)}" if entry.next_attempt_at else " with the next run"
    return f"tried {count(entry.attempts, 'time')}, the last: {_line(entry.reason)}; it is tried again{again}"


def _unsaid(history: ItemHistory) -> list[DropSeen]:
    """The drops of this item, those of the analysis aside: they stand where the article is analysed."""
    return [drop for drop in history.drops if drop.stage != "analyse"]


def _article(history: ItemHistory, article: ArticleSeen) -> Iterator[Step]:
    words = f"article stored: {count(article.words, 'word')} {SOURCES.get(article.text_source, article.text_source)}"
    words += f", language {article.language}" if article.language else ", language not told"
    words += f", by {clean_line(article.publisher, 80)}" if article.publisher else ""
    kind = _origin(article)
    when = history.revisions[0].fetched_at if history.revisions else article.fetched_at
    first = article.first_seen_at if history.revisions else when
    tone = Tone.DONE if article.is_live else Tone.HELD
    yield Step(first, 0, "article", f"{words}; {kind}", tone, article.article_id)
    if article.published_at and not history.entries:
        yield Step(article.published_at, 1, "article", "published, as it says")
    for revision in history.revisions:
        changed = f"{count(revision.added, 'paragraph')} added, {count(revision.removed, 'paragraph')} taken out"
        yield Step(revision.fetched_at, 1, "edit", f"edited: revision {revision.revision}, {changed}")
    yield from _story(article, history.copies)


def _origin(article: ArticleSeen) -> str:
    """Where it came from, and whether what it says may alert."""
    if article.seed_file:
        return f"the seed document {article.seed_file}: history, so it alerts nobody"
    if article.kind == "seed":
        return "a seed document: history, so it alerts nobody"
    if article.kind == "import":
        return "imported as news (--live)" if article.is_live else "imported as history, so it alerts nobody"
    if article.is_live and article.was_history:
        return "history when it came, so it alerted nobody; what its edits added is news"
    return "news" if article.is_live else "history, so it alerts nobody"


def _story(article: ArticleSeen, copies: Sequence[CopySeen]) -> Iterator[Step]:
    others = [copy for copy in copies if copy.article_id != article.article_id]
    if not others:
        yield Step(None, 1, "story", "nobody else printed this text")
        return
    first = copies[0]
    who = "this one" if first.article_id == article.article_id else _copy(first)
    yield Step(None, 1, "story", f"one of {len(others) + 1} articles that carry this text; {who} was published first")
    for copy in others[:COPIES_SHOWN]:
        yield Step(copy.published_at or copy.first_seen_at, 2, "story", _copy(copy), id=copy.article_id)
    if len(others) > COPIES_SHOWN:
        yield Step(None, 2, "story", f"and {len(others) - COPIES_SHOWN} more")


def _copy(copy: CopySeen) -> str:
    return f"{clean_line(copy.publisher, 80) or 'unknown publisher'}, {clean_line(copy.url, 300)}"


def _line(text: str) -> str:
    return clean_line(text, 300)
