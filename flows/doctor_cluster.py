"""What `stancewatch doctor` says of the cluster that does the heavy half, where one is configured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.config_file import ConfigError
from flows.finding import broken, ok

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.finding import Finding
    from flows.settings import Settings


def examine_configured(settings: Settings) -> Iterator[Finding]:
    """Whether the cluster answers, with workers of the same version; nothing where this machine does it all."""
    if not settings.tasks:
        return
    from flows.clusters import examine_cluster  # noqa: PLC0415 - imports Prefect, which is slow

    try:
        yield ok("cluster", examine_cluster(settings.tasks, settings.places))
    except ConfigError as error:
        yield broken("cluster", str(error), "start it, or unset STANCEWATCH_TASKS: this machine does the work then")
