"""Schedules: everything that runs by the clock, in one process."""

from __future__ import annotations

import contextlib
import logging
import threading
from typing import TYPE_CHECKING, Final, cast

from prefect import serve
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.schedules import Cron
from prefect.settings import PREFECT_API_URL, temporary_settings

from flows.backfill import backfill
from flows.digest import digest
from flows.lookout import keep_lookout
from flows.metrics import serve_metrics
from flows.monitor import monitor
from flows.prefect_setup import prefect_server
from flows.settings import load_settings
from flows.upkeep import upkeep

if TYPE_CHECKING:
    from prefect.deployments.runner import RunnerDeployment

log = logging.getLogger("stancewatch")
LONDON: Final = "Europe/London"
ONE_AT_A_TIME: Final = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW)


def deployments() -> tuple[RunnerDeployment, ...]:
    """The four flows with their schedules; a run that comes while another goes on is skipped, not piled up."""
    return tuple(
        cast("RunnerDeployment", deployment)
        for deployment in (
            monitor.to_deployment(
                "monitor", schedule=Cron("*/30 * * * *", timezone=LONDON), concurrency_limit=ONE_AT_A_TIME
            ),
            digest.to_deployment(
                "digest", schedule=Cron("15,45 * * * *", timezone=LONDON), concurrency_limit=ONE_AT_A_TIME
            ),
            upkeep.to_deployment(
                "upkeep", schedule=Cron("15 3 * * *", timezone=LONDON), concurrency_limit=ONE_AT_A_TIME
            ),
            backfill.to_deployment("backfill", concurrency_limit=ONE_AT_A_TIME),
        )
    )


def serve_all() -> None:
    """Serve all deployments until ended, on the Prefect server that is configured or else on one of our own.

    The server that Prefect starts by itself where none is configured has no scheduler: nothing would ever run.
    """
    settings = load_settings()
    stop = threading.Event()
    with contextlib.ExitStack() as stack:
        if address := settings.environment.get("STANCEWATCH_METRICS", ""):
            log.info("metrics at %s", serve_metrics(settings.places, address)[0])
        stack.callback(stop.set)
        threading.Thread(target=keep_lookout, args=(stop,), name="lookout", daemon=True).start()
        if not PREFECT_API_URL.value():
            stack.enter_context(temporary_settings({PREFECT_API_URL: stack.enter_context(prefect_server())}))
        serve(*deployments(), pause_on_shutdown=False, print_starting_message=True)
