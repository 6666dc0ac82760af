"""A probe mailbox, as a destination of alerts.yml names it: ``imaps://${IMAP_USER}:${IMAP_PASSWORD}@host/INBOX``."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import ip_address
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from flows.settings import Settings

_PORTS: Final = {"imaps": 993, "imap": 143}
_PRINTABLE: Final = re.compile(r"[ -~]*")
_LOGIN: Final = re.compile(r"[^\x00-\x1f\x7f]*")


class Security(StrEnum):
    """How the connection is kept private."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"
    """To this machine only."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Where to look, with its secrets filled in; `repr` shows none of them."""

    host: str
    port: int
    security: Security
    user: str = field(repr=False)
    password: str = field(repr=False)
    folder: str = "INBOX"

    @property
    def place(self) -> str:
        """The server, for people."""
        return f"{self.host}:{self.port}"


class ProbeError(ValueError):
    """The address of a probe mailbox cannot be used; the text goes on from "the probe of destination X"."""


def open_mailbox(settings: Settings, name: str) -> tuple[Mailbox | None, str]:
    """The probe mailbox of a destination with its secrets filled in, or what is wrong in one line without a secret."""
    try:
        return _read(settings, settings.alerts.destinations[name].probe), ""
    except ProbeError as error:
        return None, f"the probe of destination {name!r} {error}"


def quoted(text: str) -> str:
    """A string of IMAP: nothing in it can end it or begin another command."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _read(settings: Settings, url: str) -> Mailbox:
    parts = urlsplit(url.strip())
    if parts.scheme not in _PORTS:
        raise ProbeError("must begin with imaps:// (or with imap:// to this machine, or with ?starttls)")
    login, _, place = parts.netloc.rpartition("@")
    user, _, password = login.partition(":")
    try:
        server = urlsplit("//" + _fill(settings, place))
        host, port = server.hostname or "", server.port or _PORTS[parts.scheme]
    except ValueError:
        raise ProbeError("has an impossible host or port") from None
    mailbox = Mailbox(
        host=host,
        port=port,
        security=_security(parts.scheme, parts.query, host),
        user=_fill(settings, user),
        password=_fill(settings, password),
        folder=_fill(settings, parts.path.strip("/")) or "INBOX",
    )
    if not host or not mailbox.user:
        raise ProbeError("names no host or no user: write imaps://${IMAP_USER}:${IMAP_PASSWORD}@imap.example.org/INBOX")
    if not _PRINTABLE.fullmatch(mailbox.folder) or not _LOGIN.fullmatch(mailbox.user + mailbox.password):
        raise ProbeError(
            "holds an impossible character in its user, password or mailbox (in modified UTF-7, if need be)"
        )
    return mailbox


def _fill(settings: Settings, text: str) -> str:
    """A part of the address: escapes undone, then secrets filled in, so that these may hold any character."""
    filled, missing = settings.secret(unquote(text))
    if missing:
        raise ProbeError(f"needs {missing} in the environment: set it")
    return filled


def _security(scheme: str, query: str, host: str) -> Security:
    if scheme == "imaps":
        return Security.TLS
    if query.partition("=")[0] == "starttls":
        return Security.STARTTLS
    if not _is_this_machine(host):
        raise ProbeError("would send its password in the clear: write imaps://, or add ?starttls")
    return Security.NONE


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"
