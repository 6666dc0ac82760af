"""`stancewatch doctor`: what works, what does not, and what to do."""

from __future__ import annotations

import os
import re
import sys
from importlib import metadata
from typing import TYPE_CHECKING

from flows.doctor_cluster import examine_configured
from flows.doctor_config import examine_config
from flows.doctor_destinations import examine_destinations
from flows.doctor_orders import examine_orders
from flows.doctor_outbox import examine_outbox
from flows.doctor_prefect import examine_prefect
from flows.doctor_secrets import examine_secrets
from flows.doctor_warehouse import examine_feeds, examine_warehouse
from flows.finding import Finding, Level, broken, ok
from flows.settings import locate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_PIN = re.compile(r"([A-Za-z0-9._-]+)==([A-Za-z0-9.]+)")
_CHARTS = "vl-convert-python"


def examine() -> dict[str, list[Finding]]:
    """Look at everything that a run needs, by part; nothing is sent.

    Raises:
        ConfigError: the folders that the environment names are not there.
    """
    parts = {"installation": [*_packages(), _charts()]}
    places = locate()
    settings, parts["configuration"] = examine_config(places)
    parts["warehouse"] = [*examine_warehouse(places), *examine_orders(places)]
    parts["Prefect"] = list(examine_prefect(dict(os.environ)))
    if settings:
        parts["Prefect"] += examine_configured(settings)
    parts["feeds"] = list(examine_feeds(places.warehouse))
    if settings:
        parts["secrets"] = list(examine_secrets(settings))
        parts["destinations"] = list(examine_destinations(settings))
    parts["outbox"] = list(examine_outbox(places.warehouse))
    return parts


def worst(parts: dict[str, list[Finding]]) -> Level:
    """How it stands with all of it."""
    levels = [finding.level for findings in parts.values() for finding in findings]
    return max(levels, key=list(Level).index, default=Level.OK)


def _packages() -> Iterator[Finding]:
    wrong = list(wrong_pins(metadata.requires("stancewatch") or []))
    version = f"stancewatch {metadata.version('stancewatch')}, Python {sys.version.split()[0]}"
    if wrong:
        yield broken("packages", f"{version}; {', '.join(wrong)}", "run `make install`")
    else:
        yield ok("packages", f"{version}; all packages as pinned, DuckDB's extensions among them")


def wrong_pins(requirements: Sequence[str]) -> Iterator[str]:
    """The packages that are pinned to one version and are there in another, or not at all."""
    for requirement in requirements:
        if pinned := _PIN.fullmatch(requirement):
            name, wanted = pinned.groups()
            try:
                found = metadata.version(name)
            except metadata.PackageNotFoundError:
                found = "missing"
            if found != wanted:
                yield f"{name} {found} instead of {wanted}"


def _charts() -> Finding:
    try:
        version = metadata.version(_CHARTS)
    except metadata.PackageNotFoundError:
        return broken("charts", f"{_CHARTS} is missing: no chart in mails, no board", "run `make install`")
    return ok("charts", f"drawn by {_CHARTS} {version}: neither a browser nor fonts of the system are needed")
