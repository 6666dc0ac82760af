"""`stancewatch deploy`: the deployments, their pool and the server's automations, as they should be; safe to repeat."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from importlib import metadata
from typing import TYPE_CHECKING, Any, Final

import httpx
from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import DeploymentScheduleCreate, WorkPoolCreate
from prefect.client.schemas.objects import ConcurrencyLimitStrategy, ConcurrencyOptions
from prefect.client.schemas.schedules import CronSchedule
from prefect.exceptions import ObjectNotFound, PrefectException
from prefect.settings import PREFECT_API_URL
from prefect.utilities.callables import parameter_schema

from flows.automations import failure_notice, keep_automation, zombie_watch
from flows.config_file import UsageError
from flows.deployment_plan import PoolKind, read_deployments, read_kubernetes_template, read_pool
from flows.deployments import flow_of
from flows.prefect_api import place_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from uuid import UUID

    from prefect.client.orchestration import PrefectClient
    from prefect.client.schemas.responses import DeploymentResponse

    from flows.deployment_plan import PlannedDeployment, PlannedPool

_CONFIG: Final = "STANCEWATCH_CONFIG"
_MOUNTED: Final = "/config"
_ELSEWHERE: Final = {
    PoolKind.PROCESS: "start the worker with STANCEWATCH_CONFIG in its environment",
    PoolKind.KUBERNETES: "make the config map stancewatch-config",
}
_OPTIONS: Final = ConcurrencyOptions(collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW)


class DeployError(Exception):
    """The server cannot be set up; the text is one line that says why and what to do."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is wanted; what is empty is as prefect.yaml has it.

    ``notify`` is a notification block, TYPE/NAME; ``config`` the configuration's folder on the machine of the engine.
    """

    kind: PoolKind
    dead_after: timedelta
    pool: str = ""
    image: str = ""
    notify: str = ""
    config: str = ""


async def deploy(order: Order) -> list[str]:
    """Set everything up; returns a line for each thing, with what was done to it.

    Raises:
        UsageError: no server is configured, there is no such block, or no such pool takes a folder.
        DeployError: the server cannot be reached, or refuses.
    """
    lines = []
    pool = read_pool(order.kind)
    job = job_variables(pool, order)
    async with _server() as client:
        notice = failure_notice(await _find_block(client, order.notify)) if order.notify else None
        name = order.pool or pool.name
        lines.append(f"work pool {name} ({order.kind}): {await _keep_pool(client, name, order.kind)}")
        for planned in read_deployments():
            done = await _keep_deployment(client, planned, job, name, pool)
            lines.append(f"deployment {planned.name}: {done}")
        watch = zombie_watch(order.dead_after)
        lines.append(f"automation '{watch.name}': {await keep_automation(client, watch)}")
        if notice:
            lines.append(f"automation '{notice.name}': {await keep_automation(client, notice)}")
    if pool.kind is PoolKind.DOCKER and _CONFIG not in job["env"]:
        lines.append("configuration: the image's own, which names no destination; give yours with --config")
    return lines


@asynccontextmanager
async def _server() -> AsyncIterator[PrefectClient]:
    address = str(PREFECT_API_URL.value() or "")
    if not address:
        raise UsageError("no Prefect server is configured: set PREFECT_API_URL, such as http://127.0.0.1:4200/api")
    try:
        async with get_client() as client:
            yield client
    except httpx.HTTPStatusError as error:
        status = error.response.status_code
        hint = "set PREFECT_API_AUTH_STRING" if status in {401, 403} else "see the server's log"
        raise DeployError(f"{place_of(address)} answers HTTP {status}; {hint}") from None
    except (httpx.HTTPError, PrefectException, RuntimeError) as error:
        raise DeployError(
            f"{place_of(address)} does not answer ({type(error).__name__}); start it, then repeat"
        ) from None


async def _find_block(client: PrefectClient, notify: str) -> UUID:
    kind, _, name = notify.partition("/")
    try:
        document = await client.read_block_document_by_name(name, kind, include_secrets=False)
    except ObjectNotFound:
        raise UsageError(
            f"--notify {notify}: the server has no such block; make it, or name one as TYPE/NAME"
        ) from None
    return document.id


async def _keep_pool(client: PrefectClient, name: str, kind: PoolKind) -> str:
    try:
        found = await client.read_work_pool(name)
    except ObjectNotFound:
        await client.create_work_pool(
            WorkPoolCreate(name=name, type=kind, base_job_template=await _template(client, kind))
        )
        return "made"
    if found.type != kind:
        raise UsageError(f"work pool {name} is of type {found.type}: name another with --pool-name")
    return "paused: resume it when runs should start" if found.is_paused else "as it was"


async def _template(client: PrefectClient, kind: PoolKind) -> dict[str, Any]:
    """What Prefect itself gives a pool of this kind; for Kubernetes, our own, which is confined."""
    if kind is PoolKind.KUBERNETES:
        return read_kubernetes_template()
    known = await client.read_worker_metadata()
    templates = {name: worker for package in known.values() for name, worker in package.items()}
    template: dict[str, Any] = templates[kind]["default_base_job_configuration"]
    return template


def job_variables(pool: PlannedPool, order: Order) -> dict[str, Any]:
    """What each job is given: never a secret, which everybody who may look at the server could read.

    Raises:
        UsageError: this pool takes no folder, or the engine could not find it.
    """
    image = {"image": order.image} if order.image and pool.kind is not PoolKind.PROCESS else {}
    job = {**pool.job_variables, "env": pool.job_variables.get("env", {}), **image}
    if order.config:
        _refuse_folder(pool.kind, order.config)
        job["volumes"] = [*job.get("volumes", []), f"{order.config}:{_MOUNTED}:ro"]
        job["env"] = {**job["env"], _CONFIG: _MOUNTED}
    return job


def _refuse_folder(kind: PoolKind, folder: str) -> None:
    if kind is not PoolKind.DOCKER:
        raise UsageError(f"--config {folder}: for a docker pool alone; {_ELSEWHERE[kind]}")
    if not folder.startswith("/") or ":" in folder:
        raise UsageError(f"--config {folder}: Docker takes a whole path, /etc/stancewatch/config, without a colon")


async def _keep_deployment(
    client: PrefectClient, planned: PlannedDeployment, job: dict[str, Any], pool_name: str, pool: PlannedPool
) -> str:
    flow = flow_of(planned)
    schedules = [CronSchedule(cron=line, timezone=zone) for line, zone in planned.schedules]
    schema = parameter_schema(flow).model_dump_for_openapi()
    wanted: dict[str, Any] = {
        "version": metadata.version("stancewatch"),
        "entrypoint": planned.entrypoint,
        "pull_steps": pool.pull_steps,
        "work_pool_name": pool_name,
        "job_variables": job,
        "parameter_openapi_schema": schema,
    }
    found = await _find_deployment(client, f"{flow.name}/{planned.name}")
    if found and _is_same(found, wanted, schedules):
        return "as it was" + (", but paused: resume it when it should run" if found.paused else "")
    await client.create_deployment(
        flow_id=await client.create_flow(flow),
        name=planned.name,
        description=flow.description,
        schedules=[DeploymentScheduleCreate(schedule=schedule) for schedule in schedules],
        concurrency_limit=1,
        concurrency_options=_OPTIONS,
        enforce_parameter_schema=True,
        **wanted,
    )
    return "changed" if found else "made"


async def _find_deployment(client: PrefectClient, name: str) -> DeploymentResponse | None:
    try:
        return await client.read_deployment_by_name(name)
    except ObjectNotFound:
        return None


def _is_same(found: DeploymentResponse, wanted: dict[str, Any], schedules: list[CronSchedule]) -> bool:
    limit = found.global_concurrency_limit
    clocks = {
        (each.schedule.cron, each.schedule.timezone)
        for each in found.schedules
        if isinstance(each.schedule, CronSchedule)
    }
    return (
        all(getattr(found, name) == value for name, value in wanted.items())
        and clocks == {(each.cron, each.timezone) for each in schedules}
        and limit is not None
        and limit.limit == 1
        and found.concurrency_options == _OPTIONS
    )
