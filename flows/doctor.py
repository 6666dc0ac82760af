"""`stancewatch doctor`: what works, what does not, and what to do."""

from __future__ import annotations

import os
import shutil
import sys
from importlib import metadata
from typing import TYPE_CHECKING

from flows.arrivals import open_mail
from flows.config_file import ConfigError
from flows.deliver import check_destination
from flows.doctor_orders import examine_orders
from flows.doctor_outbox import examine_outbox
from flows.doctor_rules import strange_names
from flows.engine import load_engine
from flows.finding import Finding
from flows.mailbox import open_mailbox
from flows.operator_settings import OPERATOR
from flows.outbox import open_destination
from flows.seeds import find_seeds, seed_folders
from flows.settings import Settings, load_settings
from flows.template_check import check_templates
from warehouse.database import Warehouse, WarehouseBusyError, WarehouseError, query_text
from warehouse.published import is_published, query_published

if TYPE_CHECKING:
    from collections.abc import Iterator

PINNED = {"prefect": "3.8.8", "fastapi": "0.150.0", "sqlalchemy": "2.0.58", "duckdb": "1.5.5"}
LEAST_FREE_BYTES = 1024**3


def examine() -> list[Finding]:
    """Look at everything that a run needs; nothing is changed but an empty warehouse made where there is none."""
    findings = [_packages()]
    try:
        settings = load_settings()
        engine = load_engine(settings.places)
    except ConfigError as error:
        return [*findings, Finding("configuration", is_ok=False, words=str(error))]
    words = f"{settings.places.config}: {len(settings.feeds.feeds)} feeds, engine {engine.version}"
    findings.append(Finding("configuration", is_ok=True, words=words))
    findings += [_seeds(settings), _home(settings), *_warehouse(settings)]
    findings += [
        *examine_orders(settings.places),
        *examine_outbox(settings.places.warehouse),
        _prefect(),
        *_cluster(settings),
        _judge(settings),
    ]
    findings += [*_destinations(settings), *_rules(settings), *_templates(settings)]
    return findings


def _packages() -> Finding:
    wrong = [
        f"{name} {metadata.version(name)} instead of {want}"
        for name, want in PINNED.items()
        if metadata.version(name) != want
    ]
    words = (
        f"{', '.join(wrong)}: run `make install`" if wrong else f"Python {sys.version.split()[0]}, packages as locked"
    )
    return Finding("installation", is_ok=not wrong, words=words)


def _seeds(settings: Settings) -> Finding:
    seeds = find_seeds(settings.seeds.seeds, seed_folders(settings))
    ready = sum(not seed.problem for seed in seeds)
    hint = "" if ready == len(seeds) else "; put the missing ones into seeds/ (a run goes on without them)"
    return Finding("seeds", is_ok=True, words=f"{ready} of {len(seeds)} seed documents found{hint}")


def _home(settings: Settings) -> Finding:
    home = settings.places.home
    try:
        home.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(home).free
    except OSError as error:
        return Finding("data folder", is_ok=False, words=f"{home}: {error.strerror}; set STANCEWATCH_HOME")
    if not os.access(home, os.W_OK):
        return Finding(
            "data folder", is_ok=False, words=f"{home}: not writable; give permission or set STANCEWATCH_HOME"
        )
    is_ok = free > LEAST_FREE_BYTES
    return Finding(
        "data folder", is_ok=is_ok, words=f"{home}: {free // 1024**2:,} MiB free{'' if is_ok else '; free some'}"
    )


def _warehouse(settings: Settings) -> Iterator[Finding]:
    path = settings.places.warehouse
    try:
        Warehouse.open(path).close()
        yield Finding("warehouse", is_ok=True, words=f"{path} opens")
    except WarehouseBusyError as error:
        yield Finding("warehouse", is_ok=True, words=f"{error} (a run is at work)")
    except WarehouseError as error:
        yield Finding("warehouse", is_ok=False, words=str(error))
    if not is_published(path):
        yield Finding("published file", is_ok=True, words="not there yet; the first run makes it")
        return
    try:
        for name, number in query_published(path, query_text("count_trouble")).rows:
            is_ok = not number
            yield Finding(
                str(name), is_ok=is_ok, words="none" if is_ok else f"{number}; see `stancewatch {_WHERE[name]}`"
            )
    except WarehouseError as error:
        yield Finding("published file", is_ok=False, words=str(error))


_WHERE = {
    "feeds in trouble": "feeds list",
    "messages given up": "alerts list",
    "messages unconfirmed": "alerts list",
    "mails that did not arrive": "alerts arrived",
}


def _prefect() -> Finding:
    address = os.environ.get("PREFECT_API_URL", "")
    words = f"server at {address}" if address else "no PREFECT_API_URL: each run starts a server of its own (slower)"
    return Finding("Prefect", is_ok=True, words=words)


def _cluster(settings: Settings) -> Iterator[Finding]:
    if not settings.tasks:
        return
    from flows.clusters import examine_cluster  # noqa: PLC0415 - imports Prefect, which is slow

    try:
        yield Finding("cluster", is_ok=True, words=examine_cluster(settings.tasks, settings.places))
    except ConfigError as error:
        yield Finding("cluster", is_ok=False, words=str(error))


def _judge(settings: Settings) -> Finding:
    llm, is_keyed = settings.llm, True
    if not llm.base_url:
        words = f"not asked for; an endpoint in {settings.places.file('llm.yml')} would give them"
    elif llm.key_variable and not settings.llm_key:
        words, is_keyed = f"{llm.key_variable} is not set in the environment", False
    else:
        words = f"{llm.model} at {llm.base_url}, {llm.requests_per_run} requests a run"
    return Finding("second opinions", is_ok=is_keyed, words=words)


def _destinations(settings: Settings) -> Iterator[Finding]:
    if not settings.alerts.destinations:
        where = settings.places.file("alerts.yml")
        yield Finding("destinations", is_ok=True, words=f"none configured: nobody is told; add one in {where}")
    for name in [*settings.alerts.destinations, *([OPERATOR] if settings.operator.url else [])]:
        destination, problem = open_destination(settings, name)
        problem = problem or (check_destination(destination) if destination else "")
        config = settings.alerts.destinations.get(name)
        if not problem and config and config.probe:
            problem = open_mail(settings, name)[1] or open_mailbox(settings, name)[1]
        words = problem or f"ready; try `stancewatch alerts test {name}`"
        yield Finding(f"destination {name}", is_ok=not problem, words=words)


def _rules(settings: Settings) -> Iterator[Finding]:
    try:
        for words in strange_names(settings):
            yield Finding("rules", is_ok=True, words=words)
    except WarehouseError:  # said above
        return


def _templates(settings: Settings) -> Iterator[Finding]:
    problems, mentions = check_templates(settings.places.config / "templates")
    yield from (Finding("templates", is_ok=False, words=words.removeprefix("template ")) for words in problems)
    yield from (Finding("templates", is_ok=True, words=words) for words in mentions)
