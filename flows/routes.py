"""Where messages may go: the destinations of alerts.yml, and the operator's own route of operator.yml."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flows.operator_settings import OPERATOR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.settings import Settings


@dataclass(frozen=True, slots=True)
class Route:
    """One of them as its file has it, secrets by name; ``said`` is what people are told of."""

    name: str
    said: str
    file: str
    url: str = field(repr=False)
    endpoint: str = ""
    probe: str = field(repr=False, default="")


def routes_of(settings: Settings) -> Iterator[Route]:
    """All that are configured."""
    for name, there in settings.alerts.destinations.items():
        yield Route(name, f"destination {name}", "alerts.yml", there.url, there.endpoint, there.probe)
    if settings.operator.url:
        yield Route(OPERATOR, "the operator's route", "operator.yml", settings.operator.url, settings.operator.endpoint)
