"""Proof that mail arrived: looks into a mailbox over IMAP, changes nothing there, and says which messages it holds.

`look` never raises for what the world does, loses its patience in time, takes at most `MOST_BYTES` from a server and
repeats none of its words, which may hold a secret.
"""

from __future__ import annotations

import contextlib
import imaplib
import re
import socket
import ssl
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from flows.mailbox import Mailbox, Security, quoted
from flows.outcome import describe_error

MOST_BYTES: Final = 2 * 1024 * 1024
MOST_IDS: Final = 100
"""So many messages are looked for at one time."""
_MESSAGE_ID: Final = re.compile(r"<[!-;=?-~]{1,400}>")
_UIDS: Final = re.compile(rb"[0-9]{1,10}(?: [0-9]{1,10})*")
_DATE: Final = re.compile(rb'INTERNALDATE "( ?\d{1,2}-[A-Z][a-z]{2}-\d{4} \d\d:\d\d:\d\d [+-]\d{4})"')


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a server may take for one answer, and for all."""

    answer_seconds: float = 8.0
    longest_seconds: float = 25.0


@dataclass(frozen=True, slots=True)
class Sighting:
    """A message that lies in the mailbox, by its Message-ID, and since when."""

    message_id: str
    arrived_at: datetime


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen; ``problem`` says in one line why it is not all, and is empty if it is."""

    sightings: tuple[Sighting, ...] = ()
    problem: str = ""


def look(mailbox: Mailbox, message_ids: Sequence[str], now: datetime, patience: Patience | None = None) -> Look:
    """Which of ``message_ids`` (with angle brackets) lie in ``mailbox``, since when by its server's clock."""
    patience = patience or Patience()
    visit = _Visit(mailbox, [one for one in message_ids if _MESSAGE_ID.fullmatch(one)][:MOST_IDS], now, patience)
    worker = threading.Thread(target=visit.run, name=f"probe-{mailbox.host}", daemon=True)
    worker.start()
    worker.join(patience.longest_seconds)
    if worker.is_alive():
        visit.break_off()
        return Look(
            tuple(visit.sightings), f"{mailbox.place}: no end of its answers within {patience.longest_seconds:.0f} s"
        )
    return Look(tuple(visit.sightings), visit.problem and f"{mailbox.place}: {visit.problem}")


class _Bounded(imaplib.IMAP4):
    """A connection that is given up when the server sends too much; imaplib itself stops at a million bytes a line."""

    left_bytes = MOST_BYTES

    def read(self, size: int) -> bytes:
        self._spend(size)
        return super().read(size)

    def readline(self) -> bytes:
        line = super().readline()
        self._spend(len(line))
        return line

    def _spend(self, size: int) -> None:
        self.left_bytes -= size
        if self.left_bytes < 0:
            raise _FloodError


class _Secure(_Bounded, imaplib.IMAP4_SSL):
    """The same, within TLS from the first byte."""


class _FloodError(OSError):
    """A server sends more than any answer needs."""


class _RefusedError(OSError):
    """The server said no; the text says to what."""


@dataclass(slots=True)
class _Visit:
    """The work of the thread that can be left behind when a server hangs."""

    mailbox: Mailbox
    message_ids: Sequence[str]
    now: datetime
    patience: Patience
    sightings: list[Sighting] = field(default_factory=list)
    problem: str = ""
    client: imaplib.IMAP4 | None = None

    def run(self) -> None:
        """Look, and keep what was seen even where it goes wrong later."""
        try:
            self.client = _connect(self.mailbox, self.patience.answer_seconds)
            _log_in(self.client, self.mailbox)
            self._look(self.client)
        except _RefusedError as error:
            self.problem = str(error)
        except _FloodError:
            self.problem = "the server sends more than any answer needs"
        except ssl.SSLError as error:
            self.problem = f"its TLS is not accepted ({error.reason}): check the certificate and the address"
        except OSError as error:
            self.problem = describe_error(error)
        # imaplib takes answers apart without checks: what they hold then decides which of these it raises
        except (imaplib.IMAP4.error, ValueError, TypeError, AttributeError, LookupError):
            self.problem = "the server's answer is no IMAP"
        finally:
            self.break_off()

    def break_off(self) -> None:
        """Close the connection, which ends whatever waits for it."""
        if self.client is not None:
            with contextlib.suppress(OSError, AttributeError):
                self.client.sock.shutdown(socket.SHUT_RDWR)
            with contextlib.suppress(OSError, AttributeError):
                self.client.sock.close()

    def _look(self, client: imaplib.IMAP4) -> None:
        if client.select(quoted(self.mailbox.folder), readonly=True)[0] != "OK":
            raise _RefusedError(f"there is no mailbox {self.mailbox.folder!r}, or it may not be read")
        for message_id in self.message_ids:
            answer, found = client.uid("SEARCH", "HEADER", "Message-ID", quoted(message_id))
            if answer != "OK":
                raise _RefusedError("it does not search by header")
            uids = [uids for uids in found if isinstance(uids, bytes) and _UIDS.fullmatch(uids)]
            if uids:
                first = uids[0].split(b" ", 1)[0].decode("ascii")
                self.sightings.append(Sighting(message_id, self._since(client, first)))

    def _since(self, client: imaplib.IMAP4, uid: str) -> datetime:
        """When the server took a message in; now, if it does not say so or names the future."""
        _, parts = client.uid("FETCH", uid, "(INTERNALDATE)")
        for part in parts:
            dated = _DATE.search(part) if isinstance(part, bytes) else None
            if dated:
                with contextlib.suppress(ValueError, OverflowError):  # no such day
                    moment = datetime.strptime(dated[1].decode("ascii").strip(), "%d-%b-%Y %H:%M:%S %z")
                    return min(moment.astimezone(UTC), self.now)
        return self.now


def _connect(mailbox: Mailbox, wait_seconds: float) -> imaplib.IMAP4:
    context = ssl.create_default_context()
    if mailbox.security is Security.TLS:
        return _Secure(mailbox.host, mailbox.port, ssl_context=context, timeout=wait_seconds)
    client = _Bounded(mailbox.host, mailbox.port, timeout=wait_seconds)
    if mailbox.security is Security.STARTTLS:
        if "STARTTLS" not in client.capabilities:
            raise _RefusedError("it offers no STARTTLS")
        client.starttls(ssl_context=context)
    return client


def _log_in(client: imaplib.IMAP4, mailbox: Mailbox) -> None:
    if client.state != "NONAUTH":  # let in unasked
        return
    try:
        if "AUTH=PLAIN" in client.capabilities:
            secret = f"\0{mailbox.user}\0{mailbox.password}".encode()
            client.authenticate("PLAIN", lambda _: secret)
        else:
            client.login(quoted(mailbox.user), mailbox.password)
    except UnicodeEncodeError:
        raise _RefusedError("it takes no user or password beyond ASCII") from None
    except (imaplib.IMAP4.abort, OSError):
        raise
    except imaplib.IMAP4.error:
        raise _RefusedError("it refused the login: check user and password") from None
