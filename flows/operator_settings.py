"""config/operator.yml: who is told when Stancewatch itself is not well, and from when on it is not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Final

from pydantic import Field

from flows.config_file import ConfigError, read_config

if TYPE_CHECKING:
    from flows.alert_settings import AlertsFile
    from flows.settings import Places

OPERATOR: Final = "operator"
"""The route's name in the outbox, where destinations have theirs."""
Some = Annotated[float, Field(gt=0)]
Count = Annotated[int, Field(ge=1)]


@dataclass(frozen=True, slots=True)
class OperatorFile:
    """config/operator.yml; nobody is told while ``url`` is empty."""

    url: str = ""
    endpoint: str = ""
    monitor_minutes: Count = 30
    missed_runs: Count = 4
    free_times: Some = 2.0
    failed_attempts: Count = 3
    failed_feed_days: Some = 3.0
    drift: Some = 4.0
    remind_hours: Annotated[float, Field(ge=24)] = 24.0


def load_operator(places: Places, alerts: AlertsFile) -> OperatorFile:
    """config/operator.yml, whose route is no destination of alerts.

    Raises:
        ConfigError: it cannot be read, or a destination of alerts.yml bears its name.
    """
    operator = read_config(places.file("operator.yml"), OperatorFile)
    if operator.url and OPERATOR in alerts.destinations:
        where = places.file("alerts.yml")
        raise ConfigError(f"{where}: a destination is named {OPERATOR!r}, as the route of operator.yml is; rename it")
    return operator
