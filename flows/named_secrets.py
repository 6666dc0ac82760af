"""The secrets that the configuration names: who needs each, and what must be struck out of what is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.routes import routes_of
from flows.secret_values import VARIABLE, read_secret

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flows.settings import Settings


def named_secrets(settings: Settings) -> dict[str, str]:
    """The names in addresses of routes and feeds, and who needs each."""
    found: dict[str, str] = {}
    for route in routes_of(settings):
        for text in (route.url, route.endpoint, route.probe):
            found |= dict.fromkeys(VARIABLE.findall(text), route.said)
    for feed in settings.feeds.feeds:
        found |= dict.fromkeys(VARIABLE.findall(feed.url), f"feed {feed.id}")
    return found


def values_at_hand(settings: Settings) -> tuple[str, ...]:
    """The values of all that are named, as far as environment and files have them; what cannot be read is left out.

    Prefect blocks are not asked for here, which takes the network: `read_secret` has their values struck out of logs
    when something needs them.
    """
    names = filter(None, [*named_secrets(settings), settings.llm.key_variable])
    return tuple(value for name in names if (value := _at_hand(settings.environment, name)))


def _at_hand(environment: Mapping[str, str], name: str) -> str:
    return read_secret({key: environment.get(key, "") for key in (name, f"{name}_FILE")}, name)[0]
