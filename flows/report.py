"""The board as one HTML file that holds all it needs, written from the published file."""

from __future__ import annotations

from importlib import metadata
from typing import TYPE_CHECKING, Final

from flows.jobs import BundleJob, Rejected, ReportJob
from flows.whole_file import write_whole
from flows.workers import WorkerPool
from warehouse.database import WarehouseError
from warehouse.published import published_path

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from flows.jobs import Answer, Job
    from flows.settings import Places

REPORT_NAME: Final = "stancewatch-report.html"
_LIBRARY: Final = "vl-convert-python"
_NOTICE: Final = (
    "/*! Vega, Vega-Lite, Vega-Embed and D3, as bundled by vl-convert {version}. Copyright: University of Washington"
    " Interactive Data Lab, Mike Bostock and other authors; licences BSD-3-Clause and ISC, see github.com/vega. */\n"
)


def report_path(places: Places) -> Path:
    """Where the report lies if nobody says otherwise: beside the published file."""
    return published_path(places.warehouse).with_name(REPORT_NAME)


async def write_report(
    places: Places, now: datetime, *, folder: Path | None = None, since: datetime | None = None
) -> Path:
    """Put the board as it is published into ``folder``, beside the published file by default; returns where it is.

    With ``since``, only what was said from then on is in it.

    Raises:
        WarehouseError: nothing is published yet, or the report cannot be made or written.
        OSError: the charts' scripts cannot be written into the data folder.
    """
    target = folder / REPORT_NAME if folder else report_path(places)
    vega = await _chart_scripts(places)
    answer = await _alone(places, ReportJob(places, target.resolve(), vega.resolve(), now, since))
    if isinstance(answer, Rejected):
        raise WarehouseError(answer.reason)
    return target


async def _chart_scripts(places: Places) -> Path:
    """The scripts that draw charts, made once a version of the library: it starts a JavaScript engine for that."""
    version = metadata.version(_LIBRARY)
    made = places.home / f"vega-{version}.js"
    if not made.exists():
        answer = await _alone(places, BundleJob())
        if not isinstance(answer, str):
            reason = getattr(answer, "reason", "no answer")
            raise WarehouseError(f"the report's charts cannot be made: {reason}; reinstall {_LIBRARY}")
        write_whole(made, _NOTICE.format(version=version) + answer)
    return made


async def _alone(places: Places, job: Job) -> Answer:
    """Do a job in a worker of its own: what a JavaScript engine reserves leaves no room for anything beside it."""
    async with WorkerPool(places.config, 1) as workers:
        return await workers.run(job)
