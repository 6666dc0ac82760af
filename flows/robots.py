"""What sites ask of machines: robots.txt (RFC 9309) and their file of reservations, asked for once a day."""

from __future__ import annotations

import asyncio
import math
import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from protego import Protego

from flows import clock
from flows.addresses import host_of
from flows.fetch_records import Failed, Fetched, FetchKind, FetchRequest, Outcome, Refused
from flows.reservation import AGENT_TOKEN, is_path_reserved, read_reserved_paths
from flows.retry_after import LONGEST_WAIT_SECONDS
from warehouse.sites import SiteRow

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Iterator

    import httpx

_FRESH = timedelta(hours=24)
_STALE = timedelta(days=30)
"""For as long what was known goes on to hold where the file cannot be had (RFC 9309, 2.3.1.4)."""
_AGENT_LINE = re.compile(r"\s*user[ -]?agent\s*:?\s*([^#]*)", re.IGNORECASE)
_OTHER_AGENT = "User-agent: somebody-else"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an address may be fetched (``reason`` is empty), and how far apart the host wants requests.

    ``is_unknown``: the site did not answer when asked, so that nothing is fetched for now.
    """

    reason: str = ""
    crawl_delay_seconds: float = 0.0
    is_unknown: bool = False
    retry_after_seconds: int | None = None


@dataclass(slots=True)
class _Shelf:
    """One site's place in the book; the lock lets the first visitor ask and the others wait."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    known: SiteRow | None = None
    parsed: Protego | None = None
    refusal: Verdict | None = None


class RobotsBook:
    """What every site met asks of machines; ``known`` is what was learnt earlier, and holds for a day."""

    def __init__(self, fetch: Callable[[FetchRequest], Awaitable[Outcome]], known: Iterable[SiteRow] = ()) -> None:
        self._fetch = fetch
        self._shelves: defaultdict[str, _Shelf] = defaultdict(_Shelf)
        self._learnt: list[SiteRow] = []
        for rules in known:
            self._shelves[rules.origin].known = rules

    def take_learnt(self) -> tuple[SiteRow, ...]:
        """What was learnt since this was asked the last time."""
        taken, self._learnt = tuple(self._learnt), []
        return taken

    async def verdict(self, url: httpx.URL) -> Verdict:
        """What the site says about fetching this address."""
        shelf = await self._shelf(url)
        if shelf.parsed is None or shelf.known is None:
            return shelf.refusal or Verdict()
        if not shelf.parsed.can_fetch(str(url), AGENT_TOKEN):
            return Verdict(f"robots.txt of {host_of(url)} does not allow it")
        if is_path_reserved(url.raw_path.decode("ascii"), shelf.known.reserved):
            return Verdict(f"{host_of(url)} reserves text and data mining (tdmrep.json)")
        return Verdict("", _delay_seconds(shelf.parsed))

    async def sitemaps(self, url: httpx.URL) -> tuple[str, ...]:
        """The sitemaps that the site's robots.txt names, in its order."""
        shelf = await self._shelf(url)
        return () if shelf.parsed is None else tuple(dict.fromkeys(shelf.parsed.sitemaps))

    async def _shelf(self, url: httpx.URL) -> _Shelf:
        origin = str(url.copy_with(raw_path=b"/", fragment=None))
        shelf = self._shelves[origin]
        async with shelf.lock:
            if shelf.parsed is None and shelf.refusal is None:
                await self._fill(shelf, origin, host_of(url))
        return shelf

    async def _fill(self, shelf: _Shelf, origin: str, host: str) -> None:
        now = clock.now()
        known = shelf.known
        if known is None or now - known.fetched_at > _FRESH:
            outcome = await self._fetch(FetchRequest(f"{origin}robots.txt", FetchKind.ROBOTS))
            text = _robots_text(outcome)
            if text is not None:
                shelf.parsed = Protego.parse(text)
                known = SiteRow(origin, now, text, await self._reserved(origin, shelf.parsed))
                self._learnt.append(known)
            elif known is None or now - known.fetched_at > _STALE or _is_ruled_out(outcome):
                shelf.refusal = _refusal(outcome, host)
                return
        shelf.known, shelf.parsed = known, shelf.parsed or Protego.parse(known.robots)

    async def _reserved(self, origin: str, rules: Protego) -> tuple[str, ...]:
        address = f"{origin}.well-known/tdmrep.json"
        if not rules.can_fetch(address, AGENT_TOKEN):
            return ()
        outcome = await self._fetch(FetchRequest(address, FetchKind.ROBOTS))
        return read_reserved_paths(outcome.body) if isinstance(outcome, Fetched) else ()


def _robots_text(outcome: Outcome) -> str | None:
    """RFC 9309, 2.3.1: the rules; none where there is no such file; None where there is no knowing."""
    if isinstance(outcome, Fetched):
        return "\n".join(_relevant_lines(outcome.body.decode("utf-8-sig", "replace")))
    # a chain of redirects that leads nowhere counts as a file that is not there
    is_missing = isinstance(outcome, Failed) and 300 <= (outcome.http_status or 0) < 500  # noqa: PLR2004
    return "" if is_missing and outcome.http_status != 429 else None  # noqa: PLR2004 - too many requests


def _is_ruled_out(outcome: Outcome) -> bool:
    """Whether our own rules forbid the very address."""
    return isinstance(outcome, Refused) and outcome.final_url == outcome.url


def _refusal(outcome: Outcome, host: str) -> Verdict:
    if _is_ruled_out(outcome):
        return Verdict(outcome.reason)
    reason = f"nothing is fetched from {host} while its robots.txt is unknown: {outcome.reason}"
    wait_seconds = outcome.retry_after_seconds if isinstance(outcome, Failed | Refused) else None
    return Verdict(reason, is_unknown=isinstance(outcome, Failed), retry_after_seconds=wait_seconds)


def _delay_seconds(rules: Protego) -> float:
    """The Crawl-delay, a day at most; what is no number counts as none."""
    delay = float(rules.crawl_delay(AGENT_TOKEN) or 0.0)
    return min(max(delay, 0.0), LONGEST_WAIT_SECONDS) if not math.isnan(delay) else 0.0


def _relevant_lines(text: str) -> Iterator[str]:
    """The lines with all other agents made one: the parser's time grows with agents times rules."""
    for line in text.splitlines():
        found = _AGENT_LINE.match(line)
        if found is None:
            yield line
        else:
            name = found[1].strip().lower()
            yield line if name == "*" or name.startswith(AGENT_TOKEN.lower()) else _OTHER_AGENT
