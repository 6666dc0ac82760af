"""A mail server that asks for a login, on loopback and without TLS, as a test's stand-in for a provider's."""

from __future__ import annotations

import asyncio
import threading
from email import message_from_bytes, policy
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Self

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

if TYPE_CHECKING:
    from collections.abc import Mapping
    from email.message import Message

    from aiosmtpd.smtp import Envelope, Session


class Relay:
    """Takes mail from those whose password it knows (from everybody where it knows none), and keeps it.

    ``held_seconds`` says for how long it holds an answer back: to MAIL (the sender), or to DATA, when it has the mail.
    """

    def __init__(
        self, passwords: dict[str, str] | None = None, held_seconds: Mapping[str, float] = MappingProxyType({})
    ) -> None:
        self.passwords = {user.encode(): word.encode() for user, word in (passwords or {}).items()}
        self.held_seconds = held_seconds
        self.asked: list[str] = []
        self.mails: list[Message[Any, Any]] = []
        self.port = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        starting = asyncio.run_coroutine_threadsafe(self._start(), self._loop)
        self.port = starting.result(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._server.close)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    async def _start(self) -> int:
        self._server = await self._loop.create_server(self._session, "127.0.0.1", 0)
        return int(self._server.sockets[0].getsockname()[1])

    def _session(self) -> SMTP:
        return SMTP(
            self,
            hostname="relay",
            loop=self._loop,
            authenticator=self._judge,
            auth_require_tls=False,
        )

    def _judge(self, *words: object) -> AuthResult:
        login = words[-1]
        is_known = isinstance(login, LoginPassword) and self.passwords.get(login.login) == login.password
        return AuthResult(success=is_known, handled=False)

    async def handle_MAIL(  # noqa: N802 - aiosmtpd finds its hooks by these names
        self, _server: SMTP, session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Let those begin who logged in."""
        if self.passwords and not session.authenticated:
            return "530 5.7.0 log in first"
        envelope.mail_from = address
        await self._hold("MAIL")
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: object, envelope: Envelope) -> str:  # noqa: N802 - its name
        """Keep a mail."""
        self.mails.append(message_from_bytes(envelope.original_content or b"", policy=policy.default))
        await self._hold("DATA")
        return "250 OK"

    async def _hold(self, command: str) -> None:
        self.asked.append(command)
        await asyncio.sleep(self.held_seconds.get(command, 0))
