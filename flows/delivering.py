"""The thread that sends one message, which can be left behind when a destination hangs, and what came of it."""

from __future__ import annotations

import logging
import re
import socket
import sys
import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Self

import requests
import urllib3
from apprise import Apprise

from flows.defusing import defuse
from flows.mail_channel import Letter, MailChannel
from flows.outcome import Outcome, Reply, describe_error, judge_status
from flows.own_error import own_error
from flows.slack_channel import SlackChannel

if TYPE_CHECKING:
    from collections.abc import Callable

    from apprise import NotifyBase

LONGEST_SECONDS: Final = 28.0
"""After which nobody waits for an attempt any more."""
_STATUS: Final = re.compile(r"\berror=(\d{3})\b")
_LOGGERS: Final = ("apprise", "httpx", "urllib3.connectionpool")
"""Those who write a destination's URL into their records."""


class Errand:
    """One attempt: what the thread does (`run`), and what those do who wait for it."""

    def __init__(self, channel: NotifyBase, letter: Letter, on_hand_over: Callable[[], None]) -> None:
        self.channel = channel
        self.letter = replace(letter, hand_over=self.hand_over)
        self.reply: Reply | None = None
        self._on_hand_over = on_hand_over
        self._gate = threading.Lock()
        self._is_abandoned = False
        self._is_handed_over = False

    def hand_over(self) -> None:
        """Let the next byte go, unless nobody waits for the outcome any more.

        Raises:
            TimeoutError: it is too late.
        """
        with self._gate:
            if self._is_abandoned:
                raise TimeoutError
            if not self._is_handed_over:
                self._on_hand_over()
            self._is_handed_over = True

    def abandon(self) -> Reply:
        """Wait no longer: what was not handed over by now never will be; anything else may have arrived."""
        with self._gate:
            self._is_abandoned = True
            if self._is_handed_over:
                return Reply(Outcome.UNKNOWN, f"no end within {LONGEST_SECONDS:.0f} s")
        return Reply(Outcome.FAILED, f"no end within {LONGEST_SECONDS:.0f} s, before the message was handed over")

    def run(self) -> None:
        """Send, whatever comes of it."""
        try:
            self.reply = self._send()
        except Exception as error:  # noqa: BLE001 - a thread has nobody to raise it to
            self.reply = self._judge_own(error)

    def _send(self) -> Reply:
        body, title = self.letter.message.text, self.letter.message.subject
        if isinstance(self.channel, MailChannel | SlackChannel):
            self.channel.letter = self.letter
        else:
            body, title = defuse(body), defuse(title)
            self.hand_over()
        service = Apprise(asset=self.channel.asset)
        service.add(self.channel)
        with Capture() as capture:
            is_sent = service.notify(body=body, title=title, body_format="text")
        own = self.channel.reply if isinstance(self.channel, MailChannel | SlackChannel) else None
        if own is None and not is_sent and capture.errors and not self._is_handed_over:
            return self._judge_own(capture.errors[-1])
        return own or (Reply(Outcome.SENT, "taken") if is_sent else _judge(capture))

    def _judge_own(self, error: BaseException) -> Reply:
        """The outcome of a mistake of ours: what was not handed over was not taken."""
        outcome = Outcome.UNKNOWN if self._is_handed_over else Outcome.FAILED
        return Reply(outcome, own_error(error, self.letter.cover), is_ours=True)


class Capture(logging.Filter):
    """What apprise logs in this thread, with the errors behind it; kept from every log, since it may hold secrets."""

    def __init__(self) -> None:
        super().__init__()
        self.thread = threading.get_ident()
        self.lines: list[str] = []
        self.errors: list[BaseException] = []

    def filter(self, record: logging.LogRecord) -> bool:
        """Take what this thread logs; the records of all others pass."""
        if record.thread != self.thread:
            return True
        if record.name != _LOGGERS[0]:
            return False
        self.lines.append(record.getMessage())
        error = sys.exc_info()[1]  # apprise logs from within its except clauses
        if error is not None:
            self.errors.append(error)
        return False

    def __enter__(self) -> Self:
        for name in _LOGGERS:
            logging.getLogger(name).addFilter(self)
        return self

    def __exit__(self, *_: object) -> None:
        for name in _LOGGERS:
            logging.getLogger(name).removeFilter(self)


def _judge(capture: Capture) -> Reply:
    """The outcome of a plugin that only says no, from what it logged and the error it met."""
    status = next((found.group(1) for line in capture.lines if (found := _STATUS.search(line))), None)
    if status:
        return judge_status(int(status))
    error = capture.errors[-1] if capture.errors else None
    if error is None:
        return Reply(Outcome.FAILED, capture.lines[-1] if capture.lines else "apprise gave no reason")
    if isinstance(error, requests.RequestException):
        outcome = Outcome.FAILED if _is_never_sent(error) else Outcome.UNKNOWN
        return Reply(outcome, f"no clear answer: {type(error).__name__}")
    if isinstance(error, ConnectionRefusedError | socket.gaierror):
        return Reply(Outcome.FAILED, describe_error(error))
    return Reply(Outcome.UNKNOWN, describe_error(error))  # it may have gone out before this went wrong


def _is_never_sent(error: requests.RequestException) -> bool:
    """Whether the connection was never made, so that nothing can have been taken."""
    unmade = (requests.ConnectTimeout, requests.exceptions.SSLError, requests.exceptions.ProxyError)
    if isinstance(error, (*unmade, requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema)):
        return True
    cause = error.args[0] if error.args else None
    reason = cause.reason if isinstance(cause, urllib3.exceptions.MaxRetryError) else cause
    return isinstance(reason, urllib3.exceptions.NewConnectionError | urllib3.exceptions.ConnectTimeoutError)
