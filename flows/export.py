"""`stancewatch export`: the documented views as Parquet and CSV files, with a manifest, from the published file."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from flows import clock
from flows.archive_plan import read_since
from flows.config_words import nearest
from flows.export_folder import (
    ExportedFile,
    Manifest,
    describe,
    open_draft,
    put_in_folder,
    read_manifest,
    refuse_foreign,
)
from flows.export_format import ExportFormat
from flows.output import defused
from flows.settings import locate
from flows.wording import LONDON, count_words
from warehouse.database import MisuseError
from warehouse.export import WrittenFile, open_exporter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from warehouse.export import Exporter, ExportView


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be exported: no ``views`` are all, no ``since`` is everything."""

    folder: Path
    views: tuple[str, ...] = ()
    since: str = ""
    form: ExportFormat = ExportFormat.PARQUET


def export(order: Order) -> str:
    """Write the views that were asked for; returns what was written, in one line.

    Raises:
        RequestError: a view is not known, or something that is not ours is in the way; nothing was changed.
        UsageError: ``since`` is no day.
        WarehouseError: nothing is published yet, or it could not be written.
    """
    since = read_since(order.since, LONDON) if order.since else None
    folder, places = order.folder.absolute(), locate()
    known = read_manifest(folder)
    with open_draft(folder) as draft, open_exporter(places.warehouse, draft) as exporter:
        views = _chosen(exporter.views(), order.views)
        refuse_foreign(folder, [unit for view in views for unit in _units(view.name, order.form)], known)
        stamp = clock.now().isoformat(timespec="seconds"), metadata.version("stancewatch")
        files = []
        for view in views:
            for written in _write(exporter, view, draft, since, order.form):
                name, size, digest = describe(written.path, draft)
                files.append(ExportedFile(name, view.name, written.rows, size, digest, stamp[0], order.since, stamp[1]))
        put_in_folder(draft, folder, Manifest(*stamp, is_complete=True, files=tuple(files)), places.access)
    rows = sum(file.rows for file in files if order.form is not ExportFormat.BOTH or file.path.endswith(".parquet"))
    mebibytes = sum(file.bytes for file in files) / 1024**2
    told = f"{count_words(len(views), 'view', 'views')}, {count_words(rows, 'row', 'rows')}"
    return f"{order.folder}: {told}, {count_words(len(files), 'file', 'files')}, {mebibytes:,.1f} MiB"


def _units(view: str, form: ExportFormat) -> list[str]:
    """What stands in the folder for a view: a folder of Parquet files, a CSV file."""
    parquet = [] if form is ExportFormat.CSV else [view]
    return parquet if form is ExportFormat.PARQUET else [*parquet, f"{view}.csv"]


def _chosen(views: Sequence[ExportView], names: Sequence[str]) -> list[ExportView]:
    known = {view.name: view for view in views}
    for name in names:
        if name not in known:
            raise MisuseError(f"{name}: no such view; {nearest(name, list(known))}")
    return [known[name] for name in dict.fromkeys(names)] if names else list(views)


def _write(
    exporter: Exporter, view: ExportView, draft: Path, since: datetime | None, form: ExportFormat
) -> Iterator[WrittenFile]:
    if form is not ExportFormat.CSV:
        yield from exporter.write(view, since)
    if form is not ExportFormat.PARQUET:
        yield _write_csv(exporter, view, draft / f"{view.name}.csv", since)


def _write_csv(exporter: Exporter, view: ExportView, path: Path, since: datetime | None) -> WrittenFile:
    columns, rows = exporter.read(view, since)
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        for row in rows:
            writer.writerow([defused(value) for value in row])
            count += 1
    return WrittenFile(path, count)
