"""Schedules: everything that runs by the clock, in one process."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import logging
import sys
import threading
from typing import TYPE_CHECKING, Final, cast

import httpx
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.exceptions import PrefectException
from prefect.schedules import Cron
from prefect.settings import PREFECT_API_URL, temporary_settings

from flows.automations import keep_zombie_watch
from flows.deployment_plan import read_deployments
from flows.lookout import keep_lookout
from flows.metrics import serve_metrics
from flows.prefect_setup import prefect_server
from flows.serving import Stop, serve
from flows.settings import load_settings

if TYPE_CHECKING:
    from prefect import Flow
    from prefect.deployments.runner import RunnerDeployment

    from flows.deployment_plan import PlannedDeployment

log = logging.getLogger("stancewatch")
ONE_AT_A_TIME: Final = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW)


def deployments() -> tuple[RunnerDeployment, ...]:
    """The four flows with their schedules; a run that comes while another goes on is skipped, not piled up."""
    return tuple(
        cast(
            "RunnerDeployment",
            flow_of(planned).to_deployment(
                planned.name,
                schedules=[Cron(line, timezone=zone) for line, zone in planned.schedules],
                concurrency_limit=ONE_AT_A_TIME,
            ),
        )
        for planned in read_deployments()
    )


def flow_of(planned: PlannedDeployment) -> Flow[..., object]:
    """The flow that a deployment runs."""
    found: Flow[..., object] = getattr(importlib.import_module(planned.module), planned.function)
    return found


def serve_all() -> None:
    """Serve all deployments until told to stop, on the Prefect server that is configured or else on one of our own.

    The server that Prefect starts by itself where none is configured has no scheduler: nothing would ever run.
    """
    settings = load_settings()
    stop = Stop()
    with contextlib.ExitStack() as stack:
        if address := settings.environment.get("STANCEWATCH_METRICS", ""):
            log.info("metrics at %s", serve_metrics(settings.places, address)[0])
        lookout = threading.Thread(target=keep_lookout, args=(stop.event, settings), name="lookout", daemon=True)
        lookout.start()
        stack.callback(lambda: lookout.join(stop.seconds_left))  # it may be sending, too
        stack.callback(stop.set)
        if not PREFECT_API_URL.value():
            stack.enter_context(temporary_settings({PREFECT_API_URL: stack.enter_context(prefect_server())}))
        asyncio.run(_watch_for_zombies())
        planned = deployments()
        names = ", ".join(deployment.name for deployment in planned)
        sys.stdout.write(f"serving {names}; Prefect at {PREFECT_API_URL.value()}\n")
        sys.stdout.flush()
        serve(planned, stop)


async def _watch_for_zombies() -> None:
    """What is served works without it too: a server that does not admit automations is no reason to stop."""
    try:
        async with get_client() as client:
            await keep_zombie_watch(client)
    except (httpx.HTTPError, PrefectException) as error:
        log.warning(
            "a run that is killed stays 'running' in Prefect: no automation could be made (%s)", type(error).__name__
        )
