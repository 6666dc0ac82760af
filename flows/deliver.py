"""One attempt to send one message to one destination, through apprise, with an outcome that can be recorded.

`send` never raises for what the world does, ends within `LONGEST_SECONDS`, and lets no secret into its detail or
into anybody's log.
"""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from apprise import Apprise, AppriseAsset
from apprise.plugins import N_MGR, url_to_dict

from flows.delivering import LONGEST_SECONDS, Capture, Errand
from flows.mail_channel import Letter, MailChannel
from flows.outcome import Outcome
from flows.scrubbing import MAIL, scrub
from flows.slack_channel import SlackChannel
from flows.wording import clean_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from apprise import NotifyBase

    from flows.message_content import Message

__all__ = ["LONGEST_SECONDS", "Attempt", "Destination", "Outcome", "check_destination", "is_chat", "is_mail", "send"]

CONNECT_SECONDS: Final = 8.0
READ_SECONDS: Final = 10.0
DETAIL_LIMIT: Final = 240
_PLACEHOLDER: Final = re.compile(r"\$\{?[A-Za-z_]")


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
    ``refused`` those that the mail server will never take it for. ``is_ours``: a mistake of our own over this message,
    which says nothing of the destination.
    """

    outcome: Outcome
    detail: str
    at: datetime
    retry_after_seconds: int | None = None
    deferred: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    is_ours: bool = False


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
        with Capture():
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
    with Capture():
        channel = open_channel(destination)
    if channel is None:
        return Attempt(Outcome.FAILED, f"destination {destination.name!r} cannot be opened", at)
    cover = partial(scrub, url=destination.url)
    errand = Errand(channel, Letter(message, alert_id, at, only, cover=cover), on_hand_over)
    worker = threading.Thread(target=errand.run, name=f"deliver-{destination.name}", daemon=True)
    worker.start()
    worker.join(LONGEST_SECONDS)
    reply = errand.reply or errand.abandon()
    detail = clean_line(cover(reply.detail), DETAIL_LIMIT)
    return Attempt(reply.outcome, detail, at, reply.retry_after_seconds, reply.deferred, reply.refused, reply.is_ours)


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
