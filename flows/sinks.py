"""Loopback receivers for mail and webhooks: what the demo shows its alerts in, and what the tests send to.

They listen on 127.0.0.1 only, keep a bounded number of messages, and stop by themselves.
"""

from __future__ import annotations

import asyncio
import contextlib
import email
import json
import threading
import time
from collections import deque
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Final, Self

from aiosmtpd.smtp import SMTP

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from types import TracebackType

    from aiosmtpd.smtp import Envelope, Session

HOST: Final = "127.0.0.1"
KEPT: Final = 1_000
LIFETIME_SECONDS: Final = 3_600.0
MESSAGE_BYTES: Final = 4 * 1024 * 1024
START_SECONDS: Final = 10.0


class MailFault(StrEnum):
    """What a mail sink does instead of taking a message."""

    NONE = "none"
    TRY_LATER = "try_later"
    """Answers 451 to the message."""
    REFUSE = "refuse"
    """Answers 550 to the message."""
    TAKE_AND_DROP = "take_and_drop"
    """Keeps the message and drops the connection without a word."""
    DROP = "drop"
    """Drops the connection at the sender's address."""
    TAKE_AND_HANG = "take_and_hang"
    """Keeps the message and falls silent."""
    HANG = "hang"
    """Falls silent at the sender's address."""


@dataclass(frozen=True, slots=True)
class ReceivedMail:
    """One mail as it arrived: the envelope, the raw bytes and the parsed message."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes
    message: EmailMessage


class MailSink:
    """An SMTP server on a thread of its own; port 0 takes a free one, ``folder`` gets each mail as an .eml file.

    ``faults`` are used up one a transaction; ``refused`` maps recipients to the code that they are refused with.
    """

    def __init__(
        self,
        port: int = 0,
        folder: Path | None = None,
        *,
        faults: Iterable[MailFault] = (),
        refused: tuple[tuple[str, int], ...] = (),
        lifetime_seconds: float = LIFETIME_SECONDS,
    ) -> None:
        self.port = port
        self.folder = folder
        self.faults = deque(faults)
        self.refused = refused
        self.lifetime_seconds = lifetime_seconds
        self.received: deque[ReceivedMail] = deque(maxlen=KEPT)
        self._count = 0
        self._is_ready = threading.Event()
        self._error: OSError | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop = asyncio.Event()
        self._thread = threading.Thread(target=self._run, name="mail-sink", daemon=True)

    @property
    def messages(self) -> tuple[EmailMessage, ...]:
        """The parsed messages, oldest first."""
        return tuple(mail.message for mail in self.received)

    def __enter__(self) -> Self:
        self._thread.start()
        self._is_ready.wait(START_SECONDS)
        if self._error is not None:
            raise self._error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop has ended by itself
                self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(START_SECONDS)

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        try:
            server = await self._loop.create_server(self._open_session, HOST, self.port)
        except OSError as error:
            self._error = error
            self._is_ready.set()
            return
        self.port = server.sockets[0].getsockname()[1]
        self._is_ready.set()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._stop.wait(), self.lifetime_seconds)
        server.close()

    def _open_session(self) -> SMTP:
        return SMTP(_MailHandler(self), data_size_limit=MESSAGE_BYTES, loop=self._loop, timeout=60, hostname="sink")

    def keep(self, envelope: Envelope) -> None:
        """Store one mail, and write it to the folder if there is one."""
        raw = envelope.original_content or b""
        message = email.message_from_bytes(raw, policy=policy.default)
        self.received.append(ReceivedMail(str(envelope.mail_from), tuple(map(str, envelope.rcpt_tos)), raw, message))
        self._count += 1
        if self.folder is not None and self._count <= KEPT:
            self.folder.mkdir(parents=True, exist_ok=True)
            (self.folder / f"{self._count:04}.eml").write_bytes(raw)


class _MailHandler:
    """One session's answers, in aiosmtpd's way of calling them."""

    def __init__(self, sink: MailSink) -> None:
        self.sink = sink
        self.fault = MailFault.NONE

    async def handle_MAIL(  # noqa: N802  # aiosmtpd finds its hooks by these names
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.fault = self.sink.faults.popleft() if self.sink.faults else MailFault.NONE
        if self.fault is MailFault.HANG:
            await asyncio.sleep(self.sink.lifetime_seconds)
        if self.fault is MailFault.DROP:
            _drop(server)
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return f"250 OK {session.host_name}"

    async def handle_RCPT(  # noqa: N802  # aiosmtpd finds its hooks by these names
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        code = next((code for refused, code in self.sink.refused if refused == address), 0)
        if code:
            return f"{code} {server.hostname} has no such mailbox for {session.host_name}"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  # see above
        if self.fault is MailFault.TRY_LATER:
            return f"451 {session.host_name} try again later"
        if self.fault is MailFault.REFUSE:
            return "550 not wanted here"
        self.sink.keep(envelope)
        if self.fault is MailFault.TAKE_AND_HANG:
            await asyncio.sleep(self.sink.lifetime_seconds)
        if self.fault is MailFault.TAKE_AND_DROP:
            _drop(server)
        return "250 OK"


def _drop(server: SMTP) -> None:
    """Cut the connection without a word."""
    if isinstance(server.transport, asyncio.Transport):
        server.transport.abort()


@dataclass(frozen=True, slots=True)
class WebhookReply:
    """One scripted answer; ``is_dropped`` closes the connection instead, after the request was taken."""

    status: int = 200
    body: str = "ok"
    retry_after: str = ""
    delay_seconds: float = 0.0
    is_dropped: bool = False

    @property
    def is_taking(self) -> bool:
        """Whether the message is taken with it."""
        return self.is_dropped or (self.status < 300 and '"ok": false' not in self.body)  # noqa: PLR2004 - HTTP


@dataclass(frozen=True, slots=True)
class ReceivedPost:
    """One request as it arrived; header names are in lower case."""

    path: str
    headers: tuple[tuple[str, str], ...]
    body: str
    is_taken: bool = True
    """Whether the answer said so, or there was none."""

    @property
    def content(self) -> Any:
        """The body read as JSON."""
        return json.loads(self.body)

    def header(self, name: str) -> str:
        """A header's value; empty if it was not sent."""
        return next((value for key, value in self.headers if key == name.lower()), "")


class WebhookSink:
    """An HTTP server that takes posts as Slack does; ``replies`` are used up one a request, then it answers "ok"."""

    def __init__(
        self, port: int = 0, *, replies: Iterable[WebhookReply] = (), lifetime_seconds: float = LIFETIME_SECONDS
    ) -> None:
        self.replies = deque(replies)
        self.received: deque[ReceivedPost] = deque(maxlen=KEPT)
        self._server = ThreadingHTTPServer((HOST, port), self._make_handler())
        self._server.daemon_threads = True
        self._server.block_on_close = False
        self.port: int = self._server.server_address[1]
        self.url = f"http://{HOST}:{self.port}/services"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), name="hook-sink", daemon=True)
        self._timer = threading.Timer(lifetime_seconds, self._end)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._thread.start()
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        self._end()

    def _end(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _make_handler(self) -> type[BaseHTTPRequestHandler]:
        sink = self

        class Handler(BaseHTTPRequestHandler):
            timeout = 30

            def do_POST(self) -> None:
                length = min(int(self.headers.get("content-length") or 0), MESSAGE_BYTES)
                body = self.rfile.read(length).decode("utf-8", "replace")
                headers = tuple((key.lower(), value) for key, value in self.headers.items())
                reply = sink.replies.popleft() if sink.replies else WebhookReply()
                sink.received.append(ReceivedPost(self.path, headers, body, reply.is_taking))
                time.sleep(reply.delay_seconds)
                if reply.is_dropped:
                    self.close_connection = True
                    self.connection.close()
                    return
                with contextlib.suppress(OSError):  # the client may have gone
                    self._answer(reply)

            def _answer(self, reply: WebhookReply) -> None:
                content = reply.body.encode()
                self.send_response(reply.status)
                self.send_header("Content-Length", str(len(content)))
                if reply.retry_after:
                    self.send_header("Retry-After", reply.retry_after)
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: object) -> None:
                """Keep the terminal quiet."""

        return Handler
