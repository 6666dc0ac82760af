"""A run that comes by the clock and finds the warehouse held is skipped: that is no failure, and nobody is told."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, cast

from prefect.context import FlowRunContext
from prefect.states import Cancelled

if TYPE_CHECKING:
    from warehouse.database import WarehouseBusyError

log = logging.getLogger("stancewatch")


def skip(busy: WarehouseBusyError) -> dict[str, int]:
    """The end of a deployment's run that another one left no room for; a flow returns it in the place of its counts.

    It is cancelled, as Prefect itself has a run that comes while another of the same flow goes on.

    Raises:
        WarehouseBusyError: somebody started the run by hand, and is told; or Prefect tries it again later.
    """
    context = FlowRunContext.get()
    run, flow = (context.flow_run, context.flow) if context else (None, None)
    if run is None or flow is None or run.deployment_id is None or run.run_count <= (flow.retries or 0):
        raise busy
    log.info("skipped: %s", busy, extra={"outcome": "skipped"})
    return cast("dict[str, int]", Cancelled(message=f"Skipped: {busy}"))
