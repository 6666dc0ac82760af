"""What `stancewatch doctor` says of the Prefect server: reachable, of our version, deployed to, and nothing late."""

from __future__ import annotations

from datetime import datetime
from importlib import metadata
from typing import TYPE_CHECKING, Any, Final

from flows import clock
from flows.deployment_plan import FLOWS, ZOMBIES
from flows.finding import Finding, broken, look, ok
from flows.prefect_api import ApiError, PrefectApi, open_api
from flows.wording import count_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_DEPLOY: Final = "run `stancewatch deploy`, or `stancewatch serve`"
_STALE_SECONDS: Final = 120


def examine_prefect(environment: Mapping[str, str]) -> Iterator[Finding]:
    """Look at the server that is configured, if one is; asks and changes nothing."""
    if not environment.get("PREFECT_API_URL"):
        yield ok("server", "none configured: each run starts one of its own, `serve` one for good")
        return
    try:
        with open_api(environment) as api:
            yield from _server(api)
            yield from _deployments(api)
            yield from _pools(api)
            yield from _runs(api)
            yield from _automations(api)
    except ApiError as error:
        yield broken("server", str(error), "start it, or correct PREFECT_API_URL; runs cannot begin without it")


def _server(api: PrefectApi) -> Iterator[Finding]:
    version, wanted = str(api.get("admin/version")), metadata.version("prefect")
    if version == wanted:
        yield ok("server", f"{api.place}, Prefect {version}")
    else:
        yield look("server", f"{api.place} has Prefect {version}, we have {wanted}", "bring both to the same version")


def _deployments(api: PrefectApi) -> Iterator[Finding]:
    wanted = {"deployments": {"name": {"any_": list(FLOWS)}}, "flows": {"name": {"any_": list(FLOWS)}}}
    found = {one["name"]: one for one in api.find("deployments", wanted)}
    missing = [name for name in FLOWS if name not in found]
    paused = [name for name, one in found.items() if one["paused"]]
    if missing:
        yield broken("deployments", f"not there: {', '.join(missing)}", _DEPLOY)
    if paused:
        mend = "; ".join(f"prefect deployment resume {name}/{name}" for name in paused)
        yield look("deployments", f"paused: {', '.join(paused)}", mend)
    if not missing and not paused:
        yield ok("deployments", f"all {len(FLOWS)} there, none paused")


def _pools(api: PrefectApi) -> Iterator[Finding]:
    """The work pools that our deployments use; those that are served use none."""
    found = api.find("deployments", {"deployments": {"name": {"any_": list(FLOWS)}}})
    for name in sorted({one["work_pool_name"] for one in found if one["work_pool_name"]}):
        pool = api.get(f"work_pools/{name}")
        start = f"prefect worker start --pool {name}"
        if pool["is_paused"]:
            yield look(f"pool {name}", "paused: nothing starts", f"prefect work-pool resume {name}")
        elif not _is_polled(api.find(f"work_pools/{name}/workers", {})):
            yield broken(f"pool {name}", "no worker asks it for runs", start)
        else:
            yield ok(f"pool {name}", "a worker is there")


def _is_polled(workers: list[dict[str, Any]]) -> bool:
    seen = [datetime.fromisoformat(one["last_heartbeat_time"]) for one in workers if one.get("last_heartbeat_time")]
    return any((clock.now() - moment).total_seconds() < _STALE_SECONDS for moment in seen)


def _runs(api: PrefectApi) -> Iterator[Finding]:
    ours = {"flows": {"name": {"any_": list(FLOWS)}}}
    late = api.find("flow_runs", {**ours, "flow_runs": {"state": {"name": {"any_": ["Late"]}}}})
    if late:
        mend = "is a worker, or `stancewatch serve`, at work? see the pool above"
        yield broken("late runs", f"{count_words(len(late), 'run', 'runs')} should have begun", mend)
    else:
        yield ok("late runs", "none")


def _automations(api: PrefectApi) -> Iterator[Finding]:
    found = [one for one in api.find("automations", {}) if one["name"] == ZOMBIES]
    if not found:
        yield look("killed runs", "a run that is killed stays 'running' for ever", _DEPLOY)
    elif not found[0]["enabled"]:
        yield look("killed runs", f"the automation '{ZOMBIES}' is off", "switch it on in Prefect's page")
    else:
        seconds = float(found[0]["trigger"]["within"])
        yield ok("killed runs", f"marked as crashed after {seconds / 60:.3g} minutes without a heartbeat")
