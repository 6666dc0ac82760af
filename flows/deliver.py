"""One attempt to send one message to one destination, through apprise, with an outcome that can be recorded.

`send` never raises for what the world does, ends within `LONGEST_SECONDS`, and lets no secret into its detail or
into anybody's log.
"""

from __future__ import annotations

import logging
import re
import socket
import sys
import threading
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, Self
from urllib.parse import urlsplit

import requests
import urllib3
from apprise import Apprise, AppriseAsset
from apprise.plugins import N_MGR, url_to_dict

from flows.defusing import defuse
from flows.mail_channel import Letter, MailChannel
from flows.outcome import Outcome, Reply, describe_error, judge_status
from flows.scrubbing import MAIL, scrub
from flows.slack_channel import SlackChannel
from flows.wording import clean_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from apprise import NotifyBase

    from flows.message_content import Message

__all__ = ["Attempt", "Destination", "Outcome", "check_destination", "is_chat", "is_mail", "send"]

LONGEST_SECONDS: Final = 28.0
CONNECT_SECONDS: Final = 8.0
READ_SECONDS: Final = 10.0
DETAIL_LIMIT: Final = 240
_STATUS: Final = re.compile(r"\berror=(\d{3})\b")
_PLACEHOLDER: Final = re.compile(r"\$\{?[A-Za-z_]")
_LOGGERS: Final = ("apprise", "httpx", "urllib3.connectionpool")
"""Those who write a destination's URL into their records."""


@dataclass(frozen=True, slots=True)
class Destination:
    """Where alerts go: an apprise URL with its secrets filled in, which `repr` does not show.

    ``endpoint`` replaces Slack's own base address (https://hooks.slack.com/services) by that of a compatible host.
    """

    name: str
    url: str = field(repr=False)
    endpoint: str = ""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of one attempt, in one line without a secret.

    ``deferred`` are mail recipients to try again (`send(..., only=...)`) while the others have got the message,
    ``refused`` those that the mail server will never take it for.
    """

    outcome: Outcome
    detail: str
    at: datetime
    retry_after_seconds: int | None = None
    deferred: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


def check_destination(destination: Destination) -> str:
    """What is wrong with a destination and how to mend it, in one line without a secret; empty if nothing is."""
    url = destination.url.strip()
    if not url:
        problem = "has no URL: set the environment variable that its entry in the configuration names"
    elif _PLACEHOLDER.search(url):
        problem = "has a variable in its URL that is not filled in: set that environment variable"
    elif destination.endpoint and not _is_web(destination.endpoint):
        problem = "has an endpoint that is no address: it should begin with http:// or https://, then a host"
    else:
        with _Capture():
            channel = open_channel(destination)
        scheme = url.partition("://")[0].lower()
        problem = _explain_refusal(scheme) if channel is None else _check_targets(channel)
    return f"destination {clean_line(destination.name, 60)!r} {problem}" if problem else ""


def _is_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:  # no host, or no port
        return False


def is_chat(destination: Destination) -> bool:
    """Whether it is one of the services of the world that admit about a message a second; mail servers take more."""
    return not destination.endpoint and not is_mail(destination)


def is_mail(destination: Destination) -> bool:
    """Whether it is a mail server: only mails carry pictures."""
    return destination.url.lower().startswith(MAIL)


def _explain_refusal(scheme: str) -> str:
    if scheme in N_MGR:
        form = re.sub(r"^\{schema\}", scheme, str(N_MGR[scheme].templates[0]))
        return f"has a URL that apprise does not accept: it should look like {form}"
    return "has a URL that apprise does not know: use mailto://, slack:// or another of its services"


def _check_targets(channel: NotifyBase) -> str:
    if isinstance(channel, MailChannel):
        return "" if channel.targets else "has a URL that names no valid recipient: add ?to=name@example.org"
    if len(channel) > 1:
        return f"names {len(channel)} targets: give each a destination of its own, so that each is recorded"
    return ""


def send(
    message: Message,
    destination: Destination,
    *,
    alert_id: str,
    at: datetime,
    only: tuple[str, ...] = (),
    on_hand_over: Callable[[], None] = lambda: None,
) -> Attempt:
    """Make one attempt; ``only`` narrows a mail destination to some of its recipients.

    ``on_hand_over`` is called, in another thread, when the next byte may be taken by the other side.
    """
    problem = check_destination(destination)
    if problem:
        return Attempt(Outcome.FAILED, problem, at)
    with _Capture():
        channel = open_channel(destination)
    if channel is None:
        return Attempt(Outcome.FAILED, f"destination {destination.name!r} cannot be opened", at)
    errand = _Errand(channel, Letter(message, alert_id, at, only), on_hand_over)
    worker = threading.Thread(target=errand.run, name=f"deliver-{destination.name}", daemon=True)
    worker.start()
    worker.join(LONGEST_SECONDS)
    reply = errand.reply or errand.abandon()
    detail = clean_line(scrub(reply.detail, destination.url), DETAIL_LIMIT)
    return Attempt(reply.outcome, detail, at, reply.retry_after_seconds, reply.deferred, reply.refused)


class _Errand:
    """The work of the thread that can be left behind when a destination hangs."""

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
        body, title = self.letter.message.text, self.letter.message.subject
        if isinstance(self.channel, MailChannel | SlackChannel):
            self.channel.letter = self.letter
        else:
            body, title = defuse(body), defuse(title)
            self.hand_over()
        service = Apprise(asset=self.channel.asset)
        service.add(self.channel)
        with _Capture() as capture:
            is_sent = service.notify(body=body, title=title, body_format="text")
        own = self.channel.reply if isinstance(self.channel, MailChannel | SlackChannel) else None
        self.reply = own or (Reply(Outcome.SENT, "taken") if is_sent else _judge(capture))


class _Capture(logging.Filter):
    """What apprise logs in this thread, with the errors behind it; kept from every log, since it may hold secrets."""

    def __init__(self) -> None:
        super().__init__()
        self.thread = threading.get_ident()
        self.lines: list[str] = []
        self.errors: list[BaseException] = []

    def filter(self, record: logging.LogRecord) -> bool:
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


def open_channel(destination: Destination) -> NotifyBase | None:
    """The apprise object of a destination, new for each attempt; None if apprise does not accept the URL."""
    parts: dict[str, Any] | None = url_to_dict(destination.url.strip())  # type: ignore[no-untyped-call]  # apprise is typed in part
    if not parts:
        return None
    own = {"mailto": MailChannel, "mailtos": MailChannel, "slack": SlackChannel}.get(parts["schema"])
    asset = AppriseAsset(
        app_id="Stancewatch",
        app_desc="Stancewatch alerts",
        async_mode=False,
        interpret_emojis=False,
        http_redirects=False,
        image_url_mask="",
        image_url_logo="",
    )
    parts |= {"retry": 0, "asset": asset}
    parts = {"overflow": "truncate", "cto": CONNECT_SECONDS, "rto": READ_SECONDS} | parts
    if own is None:
        channel = Apprise.instantiate(parts, asset=asset)
    else:
        try:
            channel = own(**parts)  # type: ignore[no-untyped-call]  # apprise is typed in part
        except TypeError:  # apprise's way to say that a part of the URL is not valid
            return None
    if channel is not None:
        channel.socket_connect_timeout = min(channel.socket_connect_timeout, CONNECT_SECONDS)
        channel.socket_read_timeout = min(channel.socket_read_timeout, READ_SECONDS)
    if isinstance(channel, SlackChannel) and destination.endpoint:
        base = destination.endpoint.rstrip("/")
        channel.webhook_url = channel.webhook_gov_url = channel.workflow_url = channel.workflow_trigger_url = base
        channel.api_url = f"{base}/{{}}"
    return channel


def _judge(capture: _Capture) -> Reply:
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
