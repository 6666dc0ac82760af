"""Serve deployments until told to stop, and let runs under way record what they have handed over.

Prefect's runner tells its runs to stop one after the other, and asks its server about each before: while one waited for
a mail server's word, the next could hand over what it would be killed for. Here all are told together, by us.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import threading
import time
from typing import TYPE_CHECKING, Final

import httpx
from prefect.client.orchestration import get_client
from prefect.exceptions import PrefectException
from prefect.runner import Runner
from prefect.runner._control_channel import ControlSignalStatus
from prefect.states import Cancelled

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from prefect.deployments.runner import RunnerDeployment

STOP_SECONDS: Final = 38.0
"""For which runs are waited for: an attempt to deliver takes 28 at most."""
ALL_SECONDS: Final = 50.0
"""Within which everything has ended, our own Prefect server (10) and the lookout too; who started us gives it 60."""
_LOOK_SECONDS: Final = 0.1


class Stop:
    """That all is to end, as every thread may know it, and how long that may take yet."""

    def __init__(self) -> None:
        self.event = threading.Event()
        self._until = 0.0

    def set(self) -> None:
        """Let it end; only the first time counts."""
        if not self.event.is_set():
            self._until = time.monotonic() + ALL_SECONDS
            self.event.set()

    @property
    def seconds_left(self) -> float:
        """For whoever waits for the end of something."""
        return max(0.0, self._until - time.monotonic())


def serve(deployments: Sequence[RunnerDeployment], stop: Stop) -> None:
    """Run what is due until SIGINT or SIGTERM, which sets ``stop``; a second one kills the runs."""
    runner = Runner(pause_on_shutdown=False)
    for deployment in deployments:
        runner.add_deployment(deployment)
    asyncio.run(_serve(runner, stop))


async def _serve(runner: Runner, stop: Stop) -> None:
    loop = asyncio.get_running_loop()
    serving = asyncio.create_task(runner.start())
    await asyncio.sleep(0)  # until it has set a handler of its own
    ending: list[asyncio.Task[None]] = []

    def end() -> None:
        stop.set()
        if ending or not runner.started:
            kill()
        else:
            ending.append(asyncio.create_task(_end(runner)))
            loop.call_later(STOP_SECONDS, kill)

    def kill() -> None:
        for run_id in runner._process_manager.flow_run_ids():  # noqa: SLF001 - it has no other way to them
            _signal(runner, run_id, signal.SIGKILL)
        serving.cancel()

    for how in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(how, end)
    with contextlib.suppress(asyncio.CancelledError):
        await serving


async def _end(runner: Runner) -> None:
    """Cancel all runs at once, and those on their way as soon as they have a process; then end the runner."""
    poller, processes = runner._scheduled_run_poller, runner._process_manager  # noqa: SLF001 - likewise
    poller.stopping = True
    cancelling: dict[UUID, asyncio.Task[None]] = {}
    try:
        while poller._submitting_flow_run_ids:  # noqa: SLF001 - from before the process until after it
            for run_id in processes.flow_run_ids() - set(cancelling):
                cancelling[run_id] = asyncio.create_task(_cancel(runner, run_id))
            await asyncio.sleep(_LOOK_SECONDS)
        await asyncio.gather(*cancelling.values())
    finally:
        await runner.astop()


async def _cancel(runner: Runner, run_id: UUID) -> None:
    """Tell a run's process why it is to stop, then to stop, without a server; a server hears of it afterwards."""
    status = await runner._control_channel.signal(run_id, "cancel")  # noqa: SLF001 - loopback, a second at most
    if status is ControlSignalStatus.ALREADY_CONCLUDED:
        return
    _signal(runner, run_id, signal.SIGTERM)
    while run_id in runner._process_manager.flow_run_ids():  # noqa: SLF001, ASYNC110 - no event tells its end
        await asyncio.sleep(_LOOK_SECONDS)
    if status is ControlSignalStatus.ACKNOWLEDGED:  # else the runner says that it crashed
        with contextlib.suppress(httpx.HTTPError, PrefectException):
            async with get_client() as client:  # a new one: the runner's would wait for a server that is gone
                state = (await client.read_flow_run(run_id)).state
                if state and not state.is_final():
                    await client.set_flow_run_state(run_id, Cancelled(message="stancewatch serve was stopped."))


def _signal(runner: Runner, run_id: UUID, how: signal.Signals) -> None:
    handle = runner._process_manager.get(run_id)  # noqa: SLF001 - likewise
    if handle and handle.pid:
        with contextlib.suppress(ProcessLookupError):
            os.kill(handle.pid, how)
