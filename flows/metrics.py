"""Figures in Prometheus's text format: printed, kept in a file, or served on loopback.

All are read from what is published, which a run only ever swaps; it is read again once it was swapped, so that a
scrape in between costs a few looks at files, or one question to a lake's catalogue. Nothing here opens or locks the
warehouse.
"""

from __future__ import annotations

import contextlib
import threading
from typing import TYPE_CHECKING, Final

from prometheus_client import CollectorRegistry, generate_latest, start_http_server, write_to_textfile
from prometheus_client.core import GaugeMetricFamily

from flows import clock
from flows.config_file import ConfigError
from flows.measure import least_free
from warehouse.database import WarehouseError
from warehouse.metrics import Figure, read_figures
from warehouse.published import published_path
from warehouse.sight import Sight, see

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from flows.settings import Places
    from warehouse.sight import Publication

LOOPBACK: Final = "127.0.0.1"
_PREFIX: Final = "stancewatch_"
_FAMILIES: Final = {
    "runs": ("Runs on record", ("flow", "status")),
    "last_good_run": ("Age of the last run that completed, in seconds", ("flow",)),
    "run_seconds": ("Seconds that the last completed run took", ("flow",)),
    "run_memory_bytes": ("The most memory of the last completed run", ("flow", "process")),
    "stage_seconds": ("Seconds of the last completed run by stage", ("flow", "stage")),
    "stage_bytes": ("Bytes received by the last completed run by stage", ("flow", "stage")),
    "articles": ("Articles stored", ("kind",)),
    "statements": ("Statements found", ("stance",)),
    "events": ("Entries of the ledger", ("kind",)),
    "alerts": ("Alerts of the outbox", ("status",)),
    "messages": ("Messages", ("destination", "status")),
    "outbox_oldest": ("Age of the oldest message that waits to be sent, in seconds; 0 if none does", ()),
    "feeds": ("Configured feeds by how their last poll ended", ("status",)),
    "feeds_silent": ("Feeds that brought nothing for longer than is usual for them", ()),
    "none_share": ("Share of live statements without a side: of the last week, and of eight before", ("week",)),
    "troubles": ("Troubles told to the operator that last", ("kind",)),
}
_AGES: Final = {"last_good_run": "last_good_run_age_seconds", "outbox_oldest": "outbox_age_seconds"}
"""What stands in the file as a moment and is told as an age."""


class Figures:
    """Collects for one warehouse; scrapes wait for each other, never for a run."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._one_at_a_time = threading.Lock()
        self._read: tuple[tuple[int, float], list[Figure]] | None = None

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """Everything as it stands now."""
        with self._one_at_a_time:
            sight = self._sight()
            return [*self._of_the_ledger(sight), *self._of_the_machine(sight)]

    def _sight(self) -> Sight:
        try:
            return see(self._places.warehouse)
        except WarehouseError:  # a lake that cannot be reached: nothing of it can be read
            return Sight()

    def _of_the_ledger(self, sight: Sight) -> Iterator[GaugeMetricFamily]:
        now, figures = clock.now(), self._figures(sight.published)
        readable = GaugeMetricFamily(f"{_PREFIX}published_readable", "1 if what is published could be read")
        readable.add_metric((), float(figures is not None))
        yield readable
        for name, (words, labels) in _FAMILIES.items() if figures is not None else ():
            family = GaugeMetricFamily(_PREFIX + _AGES.get(name, name), words, labels=labels)
            found = [figure for figure in figures or () if figure.name == name]
            for figure in found:
                number = max(now.timestamp() - figure.number, 0.0) if name in _AGES else figure.number
                family.add_metric((figure.label, figure.other)[: len(labels)], number)
            if not found and not labels:
                family.add_metric((), 0.0)
            yield family

    def _figures(self, published: Publication | None) -> list[Figure] | None:
        if published is None:
            return None
        try:
            if self._read is None or self._read[0] != published.mark:
                self._read = (published.mark, read_figures(self._places.warehouse, clock.now()))
        except WarehouseError:
            return None
        return self._read[1]

    def _of_the_machine(self, sight: Sight) -> Iterator[GaugeMetricFamily]:
        path = self._places.warehouse
        sizes = GaugeMetricFamily(f"{_PREFIX}file_bytes", "Size of the warehouse's files", labels=("file",))
        sizes.add_metric(("working",), float(sight.size_bytes))
        for name, file in (("published", published_path(path)), ("log", path.with_name(path.name + ".wal"))):
            sizes.add_metric((name,), float(_size(file)))
        yield sizes
        with contextlib.suppress(WarehouseError):  # what says where a lake lies cannot be read, so its disk is unknown
            yield _gauge("disk_free_bytes", "Free disk where the warehouse lies", least_free(path)[1])
        yield _gauge("run_at_work", "1 while a process holds the warehouse", sight.is_at_work)
        yield _gauge("run_silent_seconds", "Time since its last sign of life, on this machine", sight.silent_seconds)


def render_metrics(places: Places) -> str:
    """The figures as text."""
    return generate_latest(_registry(places)).decode()


def write_metrics(places: Places, file: Path) -> None:
    """Write the figures to a file, at one stroke, for node_exporter's textfile collector.

    Raises:
        OSError: it cannot be written.
    """
    write_to_textfile(str(file), _registry(places))


def serve_metrics(places: Places, address: str) -> tuple[str, threading.Thread]:
    """Serve the figures from a thread; returns where, and the thread.

    Raises:
        ConfigError: that is no address, or it is taken.
    """
    host, port = read_address(address)
    try:
        server, thread = start_http_server(port, host, _registry(places))
    except OSError as error:
        raise ConfigError(f"{host}:{port}: cannot listen: {error.strerror}; name another port") from None
    return f"http://{host}:{server.server_port}/metrics", thread


def read_address(address: str) -> tuple[str, int]:
    """Host and port of HOST:PORT, :PORT or PORT; this machine alone where no host is named.

    Raises:
        ConfigError: it is none.
    """
    host, _, port = address.strip().rpartition(":")
    if not port.isdecimal() or int(port) > 65535:  # noqa: PLR2004 - the last port
        raise ConfigError(f"{address!r} is no address to serve metrics at; write one such as {LOOPBACK}:9464")
    return host.strip("[]") or LOOPBACK, int(port)


def _registry(places: Places) -> CollectorRegistry:
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Figures(places))
    return registry


def _gauge(name: str, words: str, number: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(_PREFIX + name, words, value=float(number))


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0
