"""What came of an attempt to deliver, judged from the answer or from the error that took its place.

The line between `failed` and `unknown` is whether the other side may have taken the message: only a message that
was certainly not taken is sent again without a mark.
"""

from __future__ import annotations

import smtplib
import socket
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

_OK: Final = range(200, 300)
_MOVED: Final = range(300, 400)
_NEVER: Final = frozenset({400, 405, 406, 411, 413, 414, 415, 422})
"""Statuses that refuse this very message, whoever asks and whenever."""
_GATEWAY_TIMEOUT: Final = 504
_PERMANENT: Final = 500
_REASONS: Final = {
    401: "the destination's token or password is not accepted",
    403: "the destination's token or channel is not permitted",
    404: "the destination's address does not exist: check its URL",
    410: "the destination's address was withdrawn: make a new one",
    413: "the message is too large for it",
    429: "too many requests",
}
_ERRORS: Final = (
    (smtplib.SMTPServerDisconnected, "mail server closed the connection or was silent"),
    (TimeoutError, "no answer in time"),
    (ConnectionRefusedError, "connection refused: nothing listens there"),
    (socket.gaierror, "host name not found: check the address and the network"),
    (ConnectionError, "connection broken"),
)


class Outcome(StrEnum):
    """What an attempt came to."""

    SENT = "sent"
    """The other side said that it took the message."""
    FAILED = "failed"
    """It did not take it; another attempt is worthwhile."""
    UNKNOWN = "unknown"
    """It may have taken it and did not say so."""
    DEAD = "dead"
    """It will never take this message."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer; ``deferred`` recipients are tried again while the others have got it, ``refused`` ones never are.

    ``is_ours``: a mistake of our own over this message, which says nothing of the destination.
    """

    outcome: Outcome
    detail: str
    retry_after_seconds: int | None = None
    deferred: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    is_ours: bool = False


def judge_status(status: int, said: str = "", retry_after_seconds: int | None = None) -> Reply:
    """The outcome that an HTTP status stands for."""
    reason = _REASONS.get(status, "")
    detail = f"HTTP {status}" + (f": {reason}" if reason else "") + (f" ({said})" if said else "")
    if status in _OK:
        return Reply(Outcome.SENT, detail)
    if status in _MOVED:
        return Reply(Outcome.FAILED, f"{detail}: it redirects; give the final address as the destination")
    if status in _NEVER:
        return Reply(Outcome.DEAD, detail)
    if status == _GATEWAY_TIMEOUT:  # the host behind the gateway may have taken it
        return Reply(Outcome.UNKNOWN, detail, retry_after_seconds)
    return Reply(Outcome.FAILED, detail, retry_after_seconds)


def judge_smtp(code: int, said: bytes | str, stage: str) -> Reply:
    """The outcome that a refusing SMTP reply stands for; ``stage`` says what was refused."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return Reply(
        Outcome.DEAD if code >= _PERMANENT else Outcome.FAILED, f"mail server refused {stage}: {code} {text}".strip()
    )


def describe_error(error: BaseException) -> str:
    """An error of the network in words that fit a log, without addresses or tokens."""
    return next((words for kind, words in _ERRORS if isinstance(error, kind)), type(error).__name__)
