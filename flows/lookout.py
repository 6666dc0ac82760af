"""What `stancewatch serve` does beside the schedules: once a minute it looks whether a run died, or none comes.

Then it runs for a moment itself, without Prefect: that marks the dead, tells whoever is to be told, and publishes.
Where the configuration cannot be read no run can even begin, so that is told here, by what could be read last.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from flows import clock
from flows.config_file import ConfigError
from flows.operator_route import tell_directly
from flows.pipeline import tell
from flows.run import open_run
from flows.settings import load_settings
from warehouse.claim import uptime
from warehouse.database import WarehouseBusyError, WarehouseError
from warehouse.lake import is_lake
from warehouse.lease import look_at_lease
from warehouse.notices import Trouble
from warehouse.sight import see

if TYPE_CHECKING:
    import threading
    from pathlib import Path

    from flows.settings import Settings
    from warehouse.claim import Claim

log = logging.getLogger("stancewatch")
EVERY_SECONDS: Final = 60.0


class Lookout:
    """Looks from time to time; remembers since when an owner on another machine gave no sign of life."""

    def __init__(self, now: datetime) -> None:
        self._claim: Claim | None = None
        self._since = uptime()
        self._last_run = now

    def look(self, settings: Settings, now: datetime) -> str:
        """Run for a moment if that is needed; returns why, or nothing."""
        reason = self._reason(settings, now)
        if reason:
            self._last_run = now
            log.info("lookout: %s", reason)
            try:
                asyncio.run(_run(settings))
            except WarehouseBusyError:
                return ""
            except WarehouseError as error:  # the operator was told
                log.warning("%s", error)
        return reason

    def _reason(self, settings: Settings, now: datetime) -> str:
        path = settings.places.warehouse
        if death := _death_at_lake(path) if is_lake(path) else self._death_at_file(path):
            return death
        interval = timedelta(minutes=settings.operator.monitor_minutes)
        limit = interval * settings.operator.missed_runs
        if now - self._last_run < limit:
            return ""
        try:
            published = see(path).published
        except WarehouseError as error:  # of a lake: the run that comes of it tells the operator
            return str(error)
        if not published:
            return "no run published anything yet"
        silent = now - published.at
        return f"no run published anything for {silent.total_seconds() / 3600:.1f} h" if silent >= limit else ""

    def _death_at_file(self, path: Path) -> str:
        claim = look_at_lease(path)
        if claim is None or claim.is_over or not self._is_gone(claim):
            return ""
        return f"process {claim.pid} on {claim.machine.host} died, or hangs, while it held the warehouse"

    def _is_gone(self, claim: Claim) -> bool:
        if self._claim is None or (claim.number, claim.beat) != (self._claim.number, self._claim.beat):
            self._claim, self._since = claim, uptime()
        if claim.is_ours_to_see and not claim.is_alive:
            return True
        return max(uptime() - self._since, claim.age_seconds) > claim.lease_seconds


def _death_at_lake(path: Path) -> str:
    with contextlib.suppress(WarehouseError):  # it cannot be seen just now; that is told once it lasts
        if dead := see(path).dead:
            return f"{dead} died, or was cut off from the catalogue, while it held the lake"
    return ""


def keep_lookout(stop: threading.Event, settings: Settings, every_seconds: float = EVERY_SECONDS) -> None:
    """Look until told to stop; whatever goes wrong is logged, and looked at again. It begins with ``settings``."""
    lookout, warned = Lookout(clock.now()), ""
    while not stop.wait(every_seconds):
        try:
            settings = load_settings()
            lookout.look(settings, clock.now())
            warned = ""
        except ConfigError as error:
            if str(error) != warned:
                log.warning("lookout: %s", error)
            warned = str(error)
            tell_directly(settings, unreadable(error), clock.now())
        except OSError as error:
            log.warning("lookout: %s", error)
        except Exception:  # without it nobody would notice a death, for as long as `serve` lives
            log.exception("lookout: our own error; it goes on")


def unreadable(error: ConfigError) -> Trouble:
    """A configuration by which no run can begin."""
    advice = "Mend it there: `stancewatch doctor` tells every mistake. The next run reads it anew."
    return Trouble("configuration", f"No run can begin: {error}", advice)


async def _run(settings: Settings) -> None:
    async with open_run(settings, "lookout") as run:
        await tell(run)
