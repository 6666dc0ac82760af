"""Standing orders carried out everywhere: warehouse, published file, copies, board, exports, Prefect."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flows import clock
from flows.export import Order, export
from flows.export_folder import read_manifest
from flows.export_format import ExportFormat
from flows.forgetting import finished, standing, tell_rows
from flows.forgotten_artifacts import ArtifactsError, delete_artifacts
from flows.report import report_path, write_report
from flows.run import WAIT_SECONDS
from flows.settings import locate
from flows.whole_file import sweep_drafts
from flows.wording import count_words
from warehouse.database import WarehouseError
from warehouse.lake import is_lake
from warehouse.published import publish_file
from warehouse.rewriting import obey_file
from warehouse.standing_orders import orders_path
from warehouse.storage import hold
from warehouse.sweeping import sweep, sweep_spilt

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from extractors.masking import Masker
    from flows.settings import Places
    from warehouse.standing_orders import StandingOrders


@dataclass(slots=True)
class Account:
    """What was done, a line each; and what could not be done, for which the orders stay unfinished."""

    lines: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def carry_out(exports: Sequence[Path] = ()) -> Account:
    """Carry out all standing orders in all that is known; may be run again at any time, and finishes what was cut off.

    Raises:
        RequestError: there are no orders.
        WarehouseError: the warehouse is held by a run, or cannot be rewritten; the orders stand, and are not finished.
    """
    places = locate()
    standing(places)  # refused before anything is made or waited for
    account = Account()
    orders, counts = _rewrite_warehouse(account, places)
    sweep_drafts(report_path(places))
    for copy in copies_of(places):
        with _tried(account), hold(places.warehouse, WAIT_SECONDS) as lease:  # upkeep drops copies, and sweeps
            _rewrite(account, copy, orders, lease.check)
    sweep_spilt(places.warehouse)
    _show_anew(account, places, exports)
    with _tried(account):
        deleted = delete_artifacts(places, orders.masker())
        if deleted is not None:
            account.lines.append(f"Prefect: {count_words(deleted, 'artifact', 'artifacts')} deleted")
    if not account.problems:
        finished(places, orders, counts.total())
    account.lines += left_to_operator(places, orders)
    return account


def _rewrite_warehouse(account: Account, places: Places) -> tuple[StandingOrders, Counter[str]]:
    """The warehouse and what readers see of it, at one stroke; returns the orders that stood, and rows by table."""
    path = places.warehouse
    if is_lake(path):  # which is published, and lets go of earlier states, by its own lease
        orders = standing(places)
        counts = obey_file(path, orders, wait_seconds=WAIT_SECONDS)
        with hold(path, WAIT_SECONDS):
            sweep(path)
        shown = f"{path}: published anew, and earlier states deleted"
    else:
        with hold(path, WAIT_SECONDS) as lease:
            orders = standing(places)
            counts = obey_file(path, orders, confirm=lease.check)
            shown = f"{publish_file(path, places.access, lease.check)}: published anew"
            sweep(path)
    account.lines += [f"{path}: {tell_rows(counts)} changed, and written anew", shown]
    return orders, counts


def _rewrite(account: Account, copy: Path, orders: StandingOrders, confirm: Callable[[], None]) -> None:
    if copy.exists():
        changed = obey_file(copy, orders, confirm=confirm)
        account.lines.append(f"{copy}: {tell_rows(changed)} changed, written anew and verified")


def copies_of(places: Places) -> list[Path]:
    """The files beside the warehouse that hold what it held: backups, and what a restore set aside."""
    path = places.warehouse
    backups = (path.parent / "backups").glob("*.duckdb")
    return sorted([*backups, *path.parent.glob(f"{path.stem}.before-*.duckdb")])


def left_to_operator(places: Places, orders: StandingOrders) -> Iterator[str]:
    """What this program does not change, a line each."""
    for file, lines in configured_names(places, orders.masker()):
        yield f"to do: {file}: names them at line {lines}: change it yourself"
    yield "to do: logs, mails and messages that were sent, exports and copies elsewhere: see docs/law.md"
    yield f"keep {orders_path(places.warehouse)} with your backups: without it nobody stays forgotten"


def configured_names(places: Places, masker: Masker) -> Iterator[tuple[Path, str]]:
    """Files of the configuration, templates and seed documents that name somebody forgotten, and at which lines."""
    for file in sorted([*places.config.glob("*.yml"), *places.config.glob("templates/*"), *_seeds(places)]):
        if numbers := _lines_that_name(file, masker):
            yield file, ", ".join(map(str, numbers[:5])) + (", …" if len(numbers) > len(numbers[:5]) else "")


def _seeds(places: Places) -> list[Path]:
    return [file for file in (places.config.parent / "seeds").glob("*") if file.suffix in {".txt", ".html", ".md"}]


def _lines_that_name(file: Path, masker: Masker) -> list[int]:
    try:
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    return [number for number, line in enumerate(lines, start=1) if masker.mask([line])[0] != [line]]


def _show_anew(account: Account, places: Places, exports: Sequence[Path]) -> None:
    """The board and exports, made anew of what is published now."""
    if report_path(places).exists():
        with _tried(account):
            asyncio.run(write_report(places, clock.now()))
            account.lines.append(f"{report_path(places)}: written anew")
    for folder in exports:
        with _tried(account):
            account.lines.append(f"written anew: {export(_same_order(folder))}")


def _same_order(folder: Path) -> Order:
    """What was exported there, once more.

    Raises:
        WarehouseError: no export lies there.
    """
    known = read_manifest(folder)
    if known is None:
        raise WarehouseError(f"{folder}: no export lies there")
    forms = {file.path.endswith(".csv") for file in known.files}
    form = ExportFormat.BOTH if len(forms) > 1 else ExportFormat.CSV if True in forms else ExportFormat.PARQUET
    views = tuple(sorted({file.view for file in known.files}))
    return Order(folder, views, next((file.since for file in known.files), ""), form)


@contextlib.contextmanager
def _tried(account: Account) -> Iterator[None]:
    """What fails here costs nothing else, and is told."""
    try:
        yield
    except (WarehouseError, ArtifactsError, OSError) as error:
        account.problems.append(str(error))
