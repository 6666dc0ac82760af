"""Serves the sample newsroom on loopback: one address a publisher, conditional requests honoured."""

from __future__ import annotations

import email.utils
import hashlib
import threading
from datetime import UTC
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.newsroom import Page, Site
    from flows.settings import FeedConfig


class Newsroom:
    """Running sites; ``port`` 0 takes a free one, the same for all of them. A context manager.

    Site number n answers at 127.0.8.n, so that each publisher is a host of its own, as in the world.
    """

    def __init__(self, sites: Sequence[Site], *, port: int = 0, day: int = 1) -> None:
        self._sites = tuple(sites)
        self._servers: list[_Server] = []
        for number, _ in enumerate(self._sites, start=1):
            server = _Server((f"127.0.{8 + number // 250}.{1 + number % 250}", port), _Handler)
            port = server.server_port
            self._servers.append(server)
        self.port = port
        self.show_day(day)

    @property
    def bases(self) -> tuple[str, ...]:
        """The root address of each site."""
        return tuple(f"http://{server.server_address[0]!s}:{self.port}" for server in self._servers)

    @property
    def hosts(self) -> frozenset[str]:
        """All sites as host:port, for STANCEWATCH_LOCAL_HOSTS."""
        return frozenset(base.removeprefix("http://") for base in self.bases)

    @property
    def feeds(self) -> tuple[FeedConfig, ...]:
        """All sites' feeds as configuration."""
        return tuple(site.feed(base) for site, base in zip(self._sites, self.bases, strict=True))

    @property
    def requests(self) -> int:
        """How many requests were answered with a body so far."""
        return sum(server.bodies for server in self._servers)

    def show_day(self, day: int) -> None:
        """Let every site stand as on ``day``."""
        for site, base, server in zip(self._sites, self.bases, self._servers, strict=True):
            server.pages = site.pages(day, base)

    def __enter__(self) -> Self:
        for server in self._servers:
            threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        for server in self._servers:
            server.shutdown()
            server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.pages: dict[str, Page] = {}
        self.bodies = 0

    def server_bind(self) -> None:
        """Bind without the reverse look-up of the base class, which asks a name server."""
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        page = self.server.pages.get(self.path)
        if page is None:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        etag = f'"{hashlib.sha256(page.body).hexdigest()[:16]}"'
        if self.headers.get("If-None-Match", "") == etag or self._is_unchanged_since(page):
            self._answer(HTTPStatus.NOT_MODIFIED, etag, page, b"")
            return
        self.server.bodies += 1
        self._answer(HTTPStatus.OK, etag, page, page.body)

    def _is_unchanged_since(self, page: Page) -> bool:
        """If-Modified-Since counts only where no ETag is sent (RFC 9110, 13.1.3)."""
        since = self.headers.get("If-Modified-Since")
        if not since or self.headers.get("If-None-Match"):
            return False
        return email.utils.parsedate_to_datetime(since) >= page.changed.replace(microsecond=0)

    def _answer(self, status: HTTPStatus, etag: str, page: Page, body: bytes) -> None:
        self.send_response(status)
        self.send_header("ETag", etag)
        self.send_header("Last-Modified", email.utils.format_datetime(page.changed.astimezone(UTC), usegmt=True))
        if body:
            self.send_header("Content-Type", page.content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing: the run has its own log."""
