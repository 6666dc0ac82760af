"""What `stancewatch doctor` says of destinations: whether each could take a message, tried without sending one."""

from __future__ import annotations

import os
import socket
import ssl
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from flows import clock
from flows.arrivals import open_mail
from flows.deliver import check_destination, open_channel
from flows.finding import Finding, broken, look, ok
from flows.mail_channel import MailChannel
from flows.mailbox import open_mailbox
from flows.outbox import open_destination
from flows.outcome import describe_error
from flows.probe import look as look_into
from flows.routes import routes_of
from flows.slack_channel import SlackChannel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.routes import Route
    from flows.settings import Settings

_SECONDS: Final = 8.0
_PARALLEL: Final = 8
_PORTS: Final = {"http": 80, "https": 443}


def examine_destinations(settings: Settings) -> Iterator[Finding]:
    """Each destination, the operator's route too, all at once, and the endpoint for second opinions.

    One that hangs costs seconds.
    """
    names = list(settings.alerts.destinations)
    if not names:
        where = settings.places.config / "alerts.yml"
        yield look(
            "none", "nobody is told of anything", f"`stancewatch init`, or add a destination and a rule to {where}"
        )
    with ThreadPoolExecutor(_PARALLEL) as threads:
        yield from threads.map(lambda route: _examine(settings, route), list(routes_of(settings)))
    used = {name for rule in settings.alerts.rules for name in rule.destinations}
    for name in names:
        if name not in used:
            yield look(name, "no rule sends anything there", "name it in a rule of alerts.yml")
    if settings.llm.base_url:
        problem = reach(settings.llm.base_url)
        finding = broken("second opinions", problem, "correct base_url in llm.yml") if problem else None
        yield finding or ok("second opinions", f"{urlsplit(settings.llm.base_url).hostname} answers")


def _examine(settings: Settings, route: Route) -> Finding:
    name, there = route.name, route.file
    destination, problem = open_destination(settings, name)
    problem = problem or (check_destination(destination) if destination else "")
    if problem or destination is None:
        words, _, mend = problem.removeprefix(f"destination {name!r} ").rpartition(": ")
        return broken(name, words or mend, mend if words else f"mend it in {there}")
    channel, tried = open_channel(destination), "ready"
    if isinstance(channel, MailChannel):
        problem, tried = (
            channel.try_login(),
            "the mail server answers" + (" and takes the login" if channel.user else ""),
        )
    elif isinstance(channel, SlackChannel):
        problem, tried = reach(str(channel.webhook_url)), f"{urlsplit(str(channel.webhook_url)).hostname} answers"
    if problem:
        return broken(name, problem, f"mend it in {there} or its secrets, then `stancewatch alerts test {name}`")
    if route.probe and (problem := _try_probe(settings, name)):
        return broken(name, f"its probe: {problem}", f"mend the probe in {there} or its secrets")
    return ok(name, f"{tried}; `stancewatch alerts test {name}` sends a message")


def _try_probe(settings: Settings, name: str) -> str:
    mailbox, problem = open_mailbox(settings, name)
    if mailbox is None or (problem := open_mail(settings, name)[1]):
        return problem
    return look_into(mailbox, [], clock.now()).problem


def reach(address: str) -> str:
    """Why a server cannot be reached: its name, its port or its certificate; empty if it can. Nothing is sent."""
    parts = urlsplit(address)
    host, port = parts.hostname or "", parts.port or _PORTS.get(parts.scheme, 443)
    if os.environ.get(f"{parts.scheme}_proxy") or os.environ.get(f"{parts.scheme.upper()}_PROXY"):
        return ""  # it is reached by a proxy, which alone can say
    try:
        with socket.create_connection((host, port), _SECONDS) as connection:
            if parts.scheme == "https":
                with ssl.create_default_context().wrap_socket(connection, server_hostname=host):
                    pass
    except ssl.SSLError as error:
        return f"{host}:{port}: its certificate is not accepted ({error.reason})"
    except OSError as error:
        return f"{host}:{port}: {describe_error(error)}"
    return ""
