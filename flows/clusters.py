"""Clusters that batches can be sent to: reaching them, who is there by which versions, and how their failures look."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from concurrent.futures import CancelledError
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from flows.config_file import ConfigError
from flows.parcels import pack_knowledge, versions, versions_with
from warehouse.database import one_line

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping

    from prefect.task_runners import TaskRunner

    from flows.settings import Places

_UNREACHED = RuntimeError
"""What Prefect raises in a worker that cannot reach the server of the run."""
Failures: TypeAlias = tuple[type[Exception], ...]
log = logging.getLogger("stancewatch")
CONNECT_SECONDS = 15


class LostError(ConnectionError):
    """Nobody is there who could do what is sent."""


class Cluster(Protocol):
    """A Dask or Ray cluster that somebody else runs."""

    address: str
    runner: TaskRunner[Any]
    deaths: Failures
    """What a batch raises that killed those who did it, again and again."""
    losses: Failures
    """What a batch raises where the cluster is no more."""

    def connect(self) -> None:
        """Reach it and at least one worker; else raise one of ``losses``."""
        ...

    def size(self) -> int:
        """How many cores do batches now; 0 where nobody is left."""
        ...

    def versions(self, knowledge: bytes) -> Mapping[str, str]:
        """By which versions its workers would answer, by their addresses."""
        ...


class DaskCluster:
    """A Dask scheduler and its workers."""

    def __init__(self, address: str) -> None:
        import distributed  # noqa: PLC0415 - an extra
        from prefect_dask.task_runners import DaskTaskRunner  # noqa: PLC0415 - likewise

        self.address = address
        scheduler = address.replace("dask://", "tcp://", 1)
        self.runner: TaskRunner[Any] = DaskTaskRunner(address=scheduler, client_kwargs={"timeout": CONNECT_SECONDS})
        self.deaths: Failures = (distributed.KilledWorker,)
        self.losses: Failures = (OSError, TimeoutError, CancelledError, _UNREACHED)

    def connect(self) -> None:
        """Reach the scheduler and at least one worker.

        Raises:
            OSError: it does not answer.
            TimeoutError: it has no workers.
        """
        self.runner.client.wait_for_workers(1, timeout=CONNECT_SECONDS)  # type: ignore[attr-defined]

    def size(self) -> int:
        """The threads of all workers."""
        try:
            return sum(self.runner.client.ncores().values())  # type: ignore[attr-defined]
        except self.losses:
            return 0

    def versions(self, knowledge: bytes) -> Mapping[str, str]:
        """Those of all workers."""
        found: Mapping[str, str] = self.runner.client.run(versions_with, knowledge)  # type: ignore[attr-defined]
        return found


class RayCluster:
    """A Ray cluster, reached through its client server."""

    def __init__(self, address: str) -> None:
        import ray  # noqa: PLC0415 - an extra
        from prefect_ray import RayTaskRunner  # noqa: PLC0415 - likewise

        self.address = address
        self.runner: TaskRunner[Any] = RayTaskRunner(address=address, init_kwargs={"log_to_driver": False})
        self._ray, failed = ray, ray.exceptions
        self.deaths: Failures = (
            failed.WorkerCrashedError,
            failed.NodeDiedError,
            failed.OutOfMemoryError,
            failed.ObjectLostError,
        )
        self.losses: Failures = (OSError, TimeoutError, _UNREACHED, failed.RaySystemError, failed.RpcError)

    def connect(self) -> None:
        """Nothing is left to do: the runner is connected since it was entered."""

    def size(self) -> int:
        """The processors of all nodes."""
        try:
            return int(self._ray.cluster_resources().get("CPU", 0))
        except self.losses:
            return 0

    def versions(self, knowledge: bytes) -> Mapping[str, str]:
        """Those of one worker: Ray does not say which there are before they are needed."""
        return {self.address: self._ray.get(self._ray.remote(versions_with).remote(knowledge))}


KINDS: Mapping[str, Callable[[str], Cluster]] = {"dask": DaskCluster, "ray": RayCluster}


@contextlib.asynccontextmanager
async def connected(address: str, places: Places) -> AsyncIterator[Cluster | None]:
    """The cluster at ``address``; None where none is configured, or where it cannot be reached, which is told.

    Raises:
        ConfigError: its workers would answer by other versions, or what connects to it is not installed.
    """
    if not address:
        yield None
        return
    cluster = _cluster_at(address)
    async with contextlib.AsyncExitStack() as stack:
        try:
            await stack.enter_async_context(entered(cluster.runner))
            await asyncio.to_thread(cluster.connect)
            await asyncio.to_thread(compare_versions, cluster, places)
        except cluster.losses as error:
            log.warning("%s cannot be reached (%s): this machine does the whole run", address, one_line(error))
            yield None
            return
        yield cluster


def examine_cluster(address: str, places: Places) -> str:
    """Reach the cluster at ``address`` as a run would; returns what was found, in words.

    Raises:
        ConfigError: a run could not use it; the text says why.
    """
    cluster = _cluster_at(address)
    try:
        with cluster.runner:
            cluster.connect()
            compare_versions(cluster, places)
            return f"{address}: {cluster.size()} cores, same versions as here"
    except cluster.losses as error:
        raise ConfigError(f"{address}: {one_line(error)}; start it, or runs do without") from None


def _cluster_at(address: str) -> Cluster:
    kind = address.partition(":")[0]
    try:
        return KINDS[kind](address)
    except ImportError as error:
        raise ConfigError(
            f"STANCEWATCH_TASKS={address}: {error.name} is not installed; install stancewatch with its extra [{kind}]"
        ) from None


def compare_versions(cluster: Cluster, places: Places) -> None:
    """See that all workers would answer as this machine does.

    Raises:
        ConfigError: one of them would not.
    """
    ours = versions(places)
    try:
        found = cluster.versions(pack_knowledge(places))
    except ImportError as error:
        raise ConfigError(
            f"STANCEWATCH_TASKS={cluster.address}: a worker lacks {error.name}; install the same stancewatch there"
        ) from None
    for where, theirs in found.items():
        if theirs != ours:
            raise ConfigError(
                f"STANCEWATCH_TASKS={cluster.address}: the worker at {where} has {theirs}; here is {ours};"
                " install the same versions on both"
            )


@contextlib.asynccontextmanager
async def entered(runner: TaskRunner[Any]) -> AsyncIterator[None]:
    """A task runner at work; it is begun and ended in a thread, since both may take a while."""
    await asyncio.to_thread(runner.__enter__)
    try:
        yield
    finally:
        await asyncio.to_thread(runner.__exit__, None, None, None)
