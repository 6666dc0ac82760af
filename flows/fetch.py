"""The polite, hardened HTTP client: an address in, exactly one outcome out."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Self

import httpx

from flows import clock
from flows.addresses import (
    AddressRefusedError,
    Resolver,
    SystemResolver,
    host_of,
    host_port,
    refusal_of,
)
from flows.feed_secrets import FeedSecrets
from flows.fetch_backend import TooMuchError
from flows.fetch_exchange import EXCHANGE_ERRORS, Exchanger, Reply, reason_of
from flows.fetch_records import (
    LEAST_GAP_SECONDS,
    Cause,
    Failed,
    Fetched,
    FetchKind,
    FetchPolicy,
    FetchRequest,
    NotModified,
    Outcome,
    Refused,
)
from flows.fetch_trip import Errand, Trip
from flows.own_error import own_error
from flows.politeness import HostGate, Slots, TurnTooFarError
from flows.reservation import HEAD_BYTES, closed_directive, is_reserved
from flows.robots import RobotsBook

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType

    from warehouse.sites import SiteRow

__all__ = [
    "Cause",
    "Failed",
    "FetchKind",
    "FetchPolicy",
    "FetchRequest",
    "Fetched",
    "Fetcher",
    "NotModified",
    "Outcome",
    "Refused",
]

log = logging.getLogger("stancewatch")
MAX_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_NOT_MODIFIED = 304
_TOO_MANY_REQUESTS = 429


class Fetcher:
    """Fetches politely and within limits; an async context manager that owns all connections.

    ``local_hosts`` are the only ones, as ``host:port``, that may lie at addresses that are not public; ``sites`` is
    what was learnt earlier of what sites ask of machines, ``secrets`` what feeds' addresses name.
    """

    def __init__(
        self,
        policy: FetchPolicy,
        local_hosts: frozenset[str],
        version: str,
        resolve: Resolver | None = None,
        sites: Iterable[SiteRow] = (),
        secrets: FeedSecrets | None = None,
    ) -> None:
        self._policy = policy
        self.secrets = secrets or FeedSecrets()
        self._local_hosts = frozenset(host.lower() for host in local_hosts)
        self._own_resolver = SystemResolver()
        user_agent = policy.user_agent.format(version=version, contact=policy.contact)
        self._exchanger = Exchanger(policy, user_agent, resolve or self._own_resolver, self._local_hosts)
        self._gate = HostGate(policy.max_wait_seconds)
        self._slots = Slots(policy.concurrency, policy.slow_seconds)
        self._robots = RobotsBook(self._fetch_robots, sites)
        self._side_fetches: list[Outcome] = []
        self.received_bytes = 0
        """What came over the network so far, as bodies."""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._exchanger.aclose()
        self._own_resolver.close()

    def take_side_fetches(self) -> tuple[Outcome, ...]:
        """The outcomes of fetches made for others' sake (robots.txt) since this was asked the last time."""
        taken, self._side_fetches = tuple(self._side_fetches), []
        return taken

    def take_learnt_sites(self) -> tuple[SiteRow, ...]:
        """What was learnt of sites' rules since this was asked the last time."""
        return self._robots.take_learnt()

    async def fetch(self, request: FetchRequest) -> Outcome:
        """Fetch one address; whatever the world does is an outcome, and so are mistakes of ours that it brings out."""
        address = self.secrets.open(request.url)
        url = _parsed(address.url)
        is_feed = request.kind is FetchKind.FEED  # a page may well open without the key that its link bears
        problem = address.problem or (self.secrets.why_withheld(request.url) if is_feed else "")
        if url is None or problem:
            return Trip(request, None, 0).refused(Cause.ADDRESS, problem or "not a valid address")
        if address.login and url.scheme != "https" and not self._is_local(url):
            return Trip(request, None, 0).refused(Cause.ADDRESS, "a login is sent over https only")
        trip = Trip(request, url, self._policy.seconds(request), Errand(address.login, self.secrets.cover))
        try:
            outcome = await self._follow(trip)
        except Exception as error:  # noqa: BLE001 - what nobody thought of costs this fetch, not those of all others
            outcome = _ending(trip, error)
        self.received_bytes += outcome.bytes
        return outcome

    async def sitemaps(self, address: str) -> tuple[str, ...]:
        """The sitemaps that robots.txt at this address's host names; none where it may not or cannot be asked."""
        url = _parsed(address)
        if url is None or refusal_of(url, self._local_hosts):
            return ()
        return await self._robots.sitemaps(url)

    async def _fetch_robots(self, request: FetchRequest) -> Outcome:
        outcome = await self.fetch(request)
        self._side_fetches.append(outcome)
        return outcome

    async def _follow(self, trip: Trip) -> Outcome:
        """Go from redirect to redirect, each checked like the first address."""
        url = trip.here
        for _ in range(MAX_REDIRECTS + 1):
            if url is None:
                return trip.failed(Cause.REDIRECT, "redirected to what is not a valid address")
            if reason := refusal_of(url, self._local_hosts):
                return trip.refused(Cause.ADDRESS, reason)
            gap_seconds = self._gap_seconds(url)
            if trip.request.kind is not FetchKind.ROBOTS:
                verdict = await self._robots.verdict(url)
                if verdict.reason:
                    end = trip.failed if verdict.is_unknown else trip.refused
                    return end(Cause.SITE, verdict.reason, verdict.retry_after_seconds)
                gap_seconds = max(gap_seconds, verdict.crawl_delay_seconds)
            reply = await self._exchange(trip, url, gap_seconds)
            if reply.status not in _REDIRECTS:
                return self._conclude(trip, reply)
            if not reply.location():
                return trip.failed(Cause.REDIRECT, f"HTTP {reply.status} without saying where to")
            url = _joined(url, reply.location())
            if url is not None:
                trip.move(url)
        return trip.failed(Cause.REDIRECT, f"more than {MAX_REDIRECTS} redirects")

    async def _exchange(self, trip: Trip, url: httpx.URL, gap_seconds: float) -> Reply:
        async with self._gate.turn(self._host_key(url), gap_seconds), self._slots.one(), trip.clock():
            reply = await self._exchanger.get(url, trip.request, trip.progress, trip.login(url))
        wait_seconds = reply.retry_after_seconds(clock.now())
        if reply.status == _TOO_MANY_REQUESTS and wait_seconds:
            self._gate.pause(self._host_key(url), wait_seconds)
        return reply

    def _conclude(self, trip: Trip, reply: Reply) -> Outcome:
        request = trip.request
        if reply.status == _NOT_MODIFIED:
            is_answer = bool(request.etag or request.last_modified)
            return trip.not_modified() if is_answer else trip.failed(Cause.HTTP, "HTTP 304 to a question not asked")
        if not reply.is_document:
            return trip.failed(Cause.HTTP, f"HTTP {reply.status}", reply.retry_after_seconds(clock.now()))
        reason = _reservation(reply, request.kind)
        return trip.refused(Cause.SITE, reason) if reason else trip.fetched(reply)

    def _gap_seconds(self, url: httpx.URL) -> float:
        """What lies between two requests to a host; others' hosts are spared, whatever is configured for our own."""
        least_seconds = 0.0 if self._is_local(url) else LEAST_GAP_SECONDS
        return max(least_seconds, self._policy.gap_seconds)

    def _is_local(self, url: httpx.URL) -> bool:
        return host_port(url) in self._local_hosts

    def _host_key(self, url: httpx.URL) -> str:
        """Whose turn it is: a public host has one line for all its ports, local ones one a port."""
        return host_port(url) if self._is_local(url) else host_of(url)


def _ending(trip: Trip, error: Exception) -> Outcome:
    """The outcome that an error on the way stands for."""
    match error:
        case AddressRefusedError():
            return trip.refused(Cause.ADDRESS, str(error))
        case TurnTooFarError():
            return trip.refused(Cause.TURN, str(error), error.wait_seconds)
        case TimeoutError():
            return trip.failed(Cause.TIME, f"no complete answer within {trip.total_seconds:.3g} s")
    if isinstance(error, EXCHANGE_ERRORS):
        return trip.failed(
            Cause.SIZE if isinstance(error, TooMuchError) else Cause.NETWORK, reason_of(error, trip.cover)
        )
    log.error("fetching %s", trip.shown, exc_info=error)
    return trip.failed(Cause.NETWORK, own_error(error, trip.cover))


def _reservation(reply: Reply, kind: FetchKind) -> str:
    """By what the publisher forbids to use what was fetched; an empty string where nothing does."""
    if kind is FetchKind.ROBOTS:
        return ""
    head = reply.spool.read(HEAD_BYTES)
    if is_reserved(reply.header("tdm-reservation"), head):
        return "the publisher reserves text and data mining (TDMRep)"
    # feeds are marked so by common software lest they turn up beside their pages in search results
    directive = closed_directive(reply.header("x-robots-tag"), head) if kind is FetchKind.PAGE else ""
    return f"the page asks machines to leave it alone (X-Robots-Tag or meta robots: {directive})" if directive else ""


def _parsed(address: str) -> httpx.URL | None:
    """The address taken apart; None where it is none."""
    try:
        return httpx.URL(address)
    except (httpx.InvalidURL, ValueError):
        return None


def _joined(url: httpx.URL, location: str) -> httpx.URL | None:
    """The absolute address a redirect means; None where it is none."""
    try:
        return url.join(location).copy_with(fragment=None)
    except (httpx.InvalidURL, ValueError):
        return None
