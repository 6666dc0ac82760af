"""The newsroom of a soak on loopback: an address for each outlet, manners of its own, and faults while they last."""

from __future__ import annotations

import asyncio
import contextlib
import email.utils
import hashlib
import threading
from dataclasses import dataclass, field
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Final

from flows.newsroom import Page
from tests.flows.loopback import Loopback, Received, Script, drip, reply, reset
from tests.soak.trouble import OF_OUTLETS, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from flows.settings import FeedConfig
    from tests.soak.news import News
    from tests.soak.trouble import Plan

PORT: Final = 8995
_WAIT: Final = timedelta(minutes=75)


@dataclass
class Outlet(Loopback):
    """One outlet; ``manner`` 0 knows ETag, 1 Last-Modified, 2 neither."""

    pages: dict[str, Page] = field(default_factory=dict)
    feed_path: str = ""
    manner: int = 0
    patience_seconds: float = 0.0
    fault: Kind | None = None
    until: str = ""

    @property
    def pieces(self) -> int:
        """So many, a tenth of a second apart, take longer than anybody waits."""
        return round(20 * self.patience_seconds)

    def suffer(self, fault: Kind | None, now: datetime) -> None:
        """Have a fault from now on, or none."""
        self.fault = fault
        self.until = email.utils.format_datetime((now + _WAIT).astimezone(UTC), usegmt=True)
        self.door = reset(b"") if fault is Kind.DOWN else None

    def answer_to(self, request: Received) -> bytes | Script:
        is_feed = request.path == self.feed_path
        if self.fault is Kind.BUSY and (is_feed or request.path in self.pages):
            return self._busy()
        if is_feed and self.fault is Kind.MISSING:
            return reply(status="404 Not Found")
        page = self.pages.get(request.path)
        if page is None:
            return reply(status="404 Not Found")
        if is_feed and self.fault is Kind.SLOW:
            return drip(b"HTTP/1.1 200 OK\r\n\r\n", page.body[:1], pause_seconds=0.1, times=self.pieces)
        if is_feed and self.fault is Kind.TORN:
            return reply(b"<<rss" + page.body[: len(page.body) // 3], Content_Type=page.content_type)
        return self._page(request, page)

    def _busy(self) -> bytes:
        if self.manner == 1:
            return reply(status="503 Service Unavailable", Retry_After=self.until)
        return reply(status="429 Too Many Requests", Retry_After=str(round(_WAIT.total_seconds())))

    def _page(self, request: Received, page: Page) -> bytes:
        etag = f'"{hashlib.sha256(page.body).hexdigest()[:16]}"'
        changed = email.utils.format_datetime(page.changed.astimezone(UTC), usegmt=True)
        known = (request.headers.get("if-none-match"), request.headers.get("if-modified-since"))
        is_known = known[self.manner] == (etag, changed)[self.manner] if self.manner < len(known) else False
        if is_known:
            return reply(status="304 Not Modified")
        told = ({"ETag": etag}, {"Last_Modified": changed}, {})[self.manner]
        return reply(page.body, Content_Type=page.content_type, **told)


class Outlets:
    """All outlets on a loop and thread of their own; a context manager. ``net`` keeps soaks side by side apart.

    A fetch may take ``patience_seconds``.
    """

    def __init__(self, news: News, net: int, patience_seconds: float) -> None:
        self.news, self.patience_seconds = news, patience_seconds
        self.loop = asyncio.new_event_loop()
        self.outlets = [
            Outlet(
                address=f"127.{40 + net}.0.{number + 1}",
                wanted_port=PORT,
                manner=number % 3,
                patience_seconds=patience_seconds,
                feed_path=publisher.feed_path,
            )
            for number, publisher in enumerate(news.publishers)
        ]

    @property
    def hosts(self) -> list[str]:
        """All as host:port."""
        return [f"{outlet.address}:{PORT}" for outlet in self.outlets]

    @property
    def feeds(self) -> list[FeedConfig]:
        """Their feeds as configuration."""
        return [self.news.site(number, 0).feed(f"http://{host}") for number, host in enumerate(self.hosts)]

    def show(self, half_hour: int, *, anew: bool = False) -> None:
        """Let all stand as at a half hour."""
        for number, outlet in enumerate(self.outlets):
            if anew or self.news.changes(number, half_hour):
                outlet.pages = self.news.site(number, half_hour).pages(half_hour, f"http://{self.hosts[number]}")
            outlet.received.clear()

    def suffer(self, plan: Plan | None, half_hour: int) -> None:
        """Have the faults of a half hour, or (without a plan) none."""
        faults = {} if plan is None else {trouble.outlet: trouble.kind for trouble in plan.at(half_hour, *OF_OUTLETS)}
        for number, outlet in enumerate(self.outlets):
            outlet.suffer(faults.get(number), self.news.moment(half_hour))

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """While this lasts, they answer."""
        thread = threading.Thread(target=self.loop.run_forever, name="outlets", daemon=True)
        thread.start()
        stack = contextlib.AsyncExitStack()
        try:
            for outlet in self.outlets:
                asyncio.run_coroutine_threadsafe(stack.enter_async_context(outlet), self.loop).result()
            yield
        finally:
            asyncio.run_coroutine_threadsafe(stack.aclose(), self.loop).result()
            self.loop.call_soon_threadsafe(self.loop.stop)
            thread.join()
            self.loop.close()
