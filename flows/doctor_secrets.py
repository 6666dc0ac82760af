"""What `stancewatch doctor` says of secrets: which are named, whether they are set, and how open they lie."""

from __future__ import annotations

import re
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

from flows.deliver import Destination, check_destination, open_channel
from flows.finding import Finding, broken, look, ok
from flows.named_secrets import named_secrets
from flows.routes import routes_of
from flows.secret_values import VARIABLE, read_secret

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.routes import Route
    from flows.settings import Settings

_KEY: Final = re.compile(r"key|token|secret|password|passwd|auth|sig(nature)?", re.IGNORECASE)
_SHORTEST: Final = 8
_WEB: Final = frozenset({"http", "https"})
_HOOKS: Final = frozenset({"form", "forms", "json", "jsons", "xml", "xmls"})
"""Webhooks of anybody, of whose paths apprise does not know what they hold."""
_TOKEN: Final = re.compile(r"(?=.*\d)(?=.*[A-Za-z])[\w.~%-]{16,}")
"""What nobody would make up as the name of a folder."""
_OTHERS: Final = stat.S_IROTH | stat.S_IWOTH


def examine_secrets(settings: Settings) -> Iterator[Finding]:
    """Each secret that is named and not set, files that others may read, and secrets that stand in the open."""
    names = named_secrets(settings)
    sources = []
    for name, where in names.items():
        value, problem = read_secret(settings.environment, name)
        if value:
            sources.append(f"{name} ({source_of(settings, name)})")
        else:
            yield broken(
                name, problem or f"not set; {where} needs it", f"set {name} in the environment, or {name}_FILE"
            )
        yield from _open_file(settings, name)
    if sources:
        yield ok("set", ", ".join(sources))
    if not names:
        yield ok("set", "the configuration names none")
    yield from _open_secrets(settings)


def source_of(settings: Settings, name: str) -> str:
    """Where a secret that is set comes from."""
    if settings.environment.get(name):
        return "environment"
    return "file" if settings.environment.get(f"{name}_FILE") else "Prefect block"


def _open_file(settings: Settings, name: str) -> Iterator[Finding]:
    file = Path(settings.environment.get(f"{name}_FILE", ""))
    try:
        mode = file.stat().st_mode
        is_guarded = not file.parent.stat().st_mode & stat.S_IXOTH
    except OSError:  # said above
        return
    if stat.S_ISREG(mode) and mode & _OTHERS and not is_guarded:
        yield look(name, f"everybody on this machine may read {file}", f"chmod 600 {file}")


def _open_secrets(settings: Settings) -> Iterator[Finding]:
    for feed in settings.feeds.feeds:
        for key, value in parse_qsl(feed.url.partition("?")[2].partition("#")[0]):
            if _KEY.search(key) and len(value) >= _SHORTEST and not VARIABLE.fullmatch(value):
                words = f"its address holds what looks like a secret ({key}=…): it is stored and shown with it"
                yield look(f"feed {feed.id}", words, f"write {key}=${{NAME}} in feeds.yml, and set NAME")
    for route in routes_of(settings):
        if shown := _shown_secret(route):
            mend = "write ${NAME} in its place, and set NAME in the environment, or NAME_FILE"
            yield look(route.said, f"its {shown} stands in {route.file}", mend)


def _shown_secret(route: Route) -> str:
    """What secret an address shows, if it does: apprise knows what it would hide of it."""
    scheme, _, rest = route.url.partition("://")
    place, _, path = rest.partition("?")[0].partition("/")
    if "${" in route.url:
        return ""
    if ":" in place.rpartition("@")[0]:
        return "password"
    if scheme.lower() in _WEB:
        return "token" if path.strip("/") else ""
    destination = Destination(route.name, route.url, route.endpoint)
    channel = None if check_destination(destination) else open_channel(destination)
    if channel is None:  # the destinations' part says so
        return ""
    shown, whole = (channel.url(privacy=hides) for hides in (True, False))  # type: ignore[no-untyped-call]  # apprise is typed in part
    is_hook = scheme.lower() in _HOOKS and any(map(_TOKEN.fullmatch, path.split("/")))
    return "token" if shown != whole or is_hook else ""
