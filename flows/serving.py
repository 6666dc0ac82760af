"""Serve deployments until told to stop, and let runs under way record what they have handed over.

Interrupted by itself, Prefect's runner kills the processes of its runs at once: what a mail server took in that moment,
and was about to say so, would go out again as a possible repeat. Here it cancels them, which they hear as SIGTERM.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
from typing import TYPE_CHECKING, Final

from prefect.runner import Runner

if TYPE_CHECKING:
    from collections.abc import Sequence

    from prefect.deployments.runner import RunnerDeployment

STOP_SECONDS: Final = 45.0
"""For which runs are waited for: Prefect gives one 30, an attempt to deliver takes 28 at most."""


def serve(deployments: Sequence[RunnerDeployment]) -> None:
    """Run what is due until SIGINT or SIGTERM; a second one ends the runs without waiting for them."""
    runner = Runner(pause_on_shutdown=False)
    for deployment in deployments:
        runner.add_deployment(deployment)
    asyncio.run(_serve(runner))


async def _serve(runner: Runner) -> None:
    loop = asyncio.get_running_loop()
    serving = asyncio.create_task(runner.start())
    await asyncio.sleep(0)  # until it has set a handler of its own
    stopping: list[asyncio.Task[None]] = []

    def stop() -> None:
        if stopping or not runner.started:
            serving.cancel()
        else:
            stopping.append(asyncio.create_task(runner.astop()))
            loop.call_later(STOP_SECONDS, serving.cancel)

    for how in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(how, stop)
    with contextlib.suppress(asyncio.CancelledError):
        await serving
