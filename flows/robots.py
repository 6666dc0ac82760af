"""What sites ask of machines: robots.txt (RFC 9309) and the reservation against text and data mining."""

from __future__ import annotations

import asyncio
import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from protego import Protego

from flows.fetch_records import Failed, Fetched, FetchKind, FetchRequest, Outcome, Refused

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    import httpx

AGENT_TOKEN = "Stancewatch"  # noqa: S105 - the name that robots.txt files know us by

_AGENT_LINE = re.compile(r"\s*user[ -]?agent\s*:?\s*([^#]*)", re.IGNORECASE)
_OTHER_AGENT = "User-agent: somebody-else"
_TDM_META = re.compile(rb"<meta\s[^<>]{0,200}tdm-reservation[^<>]{0,200}>", re.IGNORECASE)
_TDM_CONTENT = re.compile(rb"content\s*=\s*[\"']?\s*1\b", re.IGNORECASE)
_META_BYTES = 128 * 1024


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an address may be fetched (``reason`` is empty), and how far apart the host wants requests."""

    reason: str
    crawl_delay_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class _Rules:
    """What one host's robots.txt came to: rules, or the reason why nothing may be fetched, or neither."""

    rules: Protego | None = None
    reason: str = ""


@dataclass(slots=True)
class _Shelf:
    """One host's place in the book; the lock lets the first visitor fetch and the others wait."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    rules: _Rules | None = None


class RobotsBook:
    """The robots.txt of every host met, fetched once each for the book's life."""

    def __init__(self, fetch: Callable[[FetchRequest], Awaitable[Outcome]]) -> None:
        self._fetch = fetch
        self._shelves: defaultdict[str, _Shelf] = defaultdict(_Shelf)

    async def verdict(self, url: httpx.URL) -> Verdict:
        """What the host's robots.txt says about fetching this address."""
        known = await self._known(url)
        if known.reason or known.rules is None:
            return Verdict(known.reason)
        if not known.rules.can_fetch(str(url), AGENT_TOKEN):
            return Verdict(f"robots.txt of {url.host} does not allow it")
        return Verdict("", float(known.rules.crawl_delay(AGENT_TOKEN) or 0.0))

    async def sitemaps(self, url: httpx.URL) -> tuple[str, ...]:
        """The sitemaps that the host's robots.txt names, in its order."""
        known = await self._known(url)
        return tuple(dict.fromkeys(known.rules.sitemaps)) if known.rules is not None else ()

    async def _known(self, url: httpx.URL) -> _Rules:
        address = str(url.copy_with(raw_path=b"/robots.txt", fragment=None))
        shelf = self._shelves[address]
        async with shelf.lock:
            if shelf.rules is None:
                outcome = await self._fetch(FetchRequest(address, FetchKind.ROBOTS))
                shelf.rules = _rules_from(outcome, url.host)
        return shelf.rules


def _rules_from(outcome: Outcome, host: str) -> _Rules:
    """RFC 9309, 2.3.1: rules, or everything allowed (no such file), or nothing (no knowing)."""
    if isinstance(outcome, Fetched):
        text = outcome.body.decode("utf-8-sig", "replace")
        return _Rules(Protego.parse("\n".join(_relevant_lines(text))))
    status = outcome.http_status or 0
    # a chain of redirects that leads nowhere counts as a file that is not there
    is_missing = isinstance(outcome, Failed) and 300 <= status < 500  # noqa: PLR2004
    if is_missing:
        return _Rules()
    if isinstance(outcome, Refused) and outcome.final_url == outcome.url:
        return _Rules(reason=outcome.reason)
    return _Rules(reason=f"nothing is fetched from {host} while its robots.txt is unknown: {outcome.reason}")


def _relevant_lines(text: str) -> Iterator[str]:
    """The lines with all other agents made one: the parser's time grows with agents times rules."""
    for line in text.splitlines():
        found = _AGENT_LINE.match(line)
        if found is None:
            yield line
        else:
            name = found[1].strip().lower()
            yield line if name == "*" or name.startswith(AGENT_TOKEN.lower()) else _OTHER_AGENT


def is_reserved(header: str, body: bytes) -> bool:
    """Whether the publisher reserves text and data mining (TDMRep), by header or in the page's head."""
    if header.strip() == "1":
        return True
    found = _TDM_META.search(body[:_META_BYTES])
    return found is not None and _TDM_CONTENT.search(found[0]) is not None
