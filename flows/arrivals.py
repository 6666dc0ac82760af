"""Check that mail arrived: look for what was sent in the probe mailboxes of its destinations, and record it."""

from __future__ import annotations

import asyncio
import itertools
import logging
import time
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from flows import clock
from flows.deliver import open_channel
from flows.mail_channel import MailChannel
from flows.mailbox import open_mailbox
from flows.outbox import open_destination
from flows.probe import MOST_IDS, Look, look
from warehouse.arrivals import ArrivalRow, AwaitedMail, record_arrivals, select_awaited_mails

if TYPE_CHECKING:
    from flows.deliver import Destination
    from flows.run import Run
    from flows.settings import Settings

log = logging.getLogger("stancewatch")
LOOKED_FOR: Final = timedelta(days=1)
POLL_SECONDS: Final = 2.0


async def check_arrivals(run: Run) -> int:
    """Look for what was sent in the last day and not yet seen; returns how many arrived."""
    probed = [name for name, config in run.settings.alerts.destinations.items() if config.probe]
    if not probed:
        return 0
    longest = max(run.settings.alerts.destinations[name].probe_minutes for name in probed)
    since = clock.now() - max(LOOKED_FOR, timedelta(minutes=2 * longest))
    awaited = select_awaited_mails(run.warehouse, since, probed)
    by_name = itertools.groupby(sorted(awaited, key=lambda mail: mail.destination), key=lambda mail: mail.destination)
    looks = await asyncio.gather(
        *(_look_for(run, name, [*itertools.islice(mails, MOST_IDS)]) for name, mails in by_name)
    )
    rows = list(itertools.chain.from_iterable(looks))
    for mail in record_arrivals(run.warehouse, rows):
        why = f": {mail.detail}" if mail.detail else ""
        log.warning(
            "mail %s to %s, sent %s, did not arrive in its probe mailbox%s",
            mail.message_id, mail.destination, f"{mail.sent_at:%Y-%m-%d %H:%M}", why,
        )  # fmt: skip
    arrived = sum(row.arrived_at is not None for row in rows)
    run.counts["mails_arrived"] += arrived
    run.counts["mails_missing"] += sum(row.arrived_at is None and row.checked_at >= row.due_at for row in rows)
    return arrived


async def _look_for(run: Run, name: str, mails: list[AwaitedMail]) -> list[ArrivalRow]:
    """What the mailbox of one destination says of each of these mails."""
    ids = {mail.message_id: "" for mail in mails}
    channel, problem = open_mail(run.settings, name)
    found = Look(problem=problem)
    if channel is not None:
        ids = {key: channel.header_id(key) for key in ids}
        found = await asyncio.to_thread(see, run.settings, name, list(ids.values()))
    seen = {sighting.message_id: sighting.arrived_at for sighting in found.sightings}
    now, patience = clock.now(), timedelta(minutes=run.settings.alerts.destinations[name].probe_minutes)
    return [
        ArrivalRow(
            message_id=mail.message_id,
            destination=name,
            sent_at=mail.sent_at,
            due_at=mail.sent_at + patience,
            arrived_at=seen.get(ids[mail.message_id]),
            checked_at=now,
            detail="" if ids[mail.message_id] in seen else found.problem,
        )
        for mail in mails
    ]


def open_mail(settings: Settings, name: str) -> tuple[MailChannel | None, str]:
    """The mail channel of a destination with a probe, or what is wrong in one line."""
    destination, problem = open_destination(settings, name)
    if destination is None:
        return None, problem
    return _as_mail(destination)


def _as_mail(destination: Destination) -> tuple[MailChannel | None, str]:
    channel = open_channel(destination)
    if isinstance(channel, MailChannel):
        return channel, ""
    return None, f"destination {destination.name!r} has a probe but is no mail: take the probe out"


def see(settings: Settings, name: str, header_ids: list[str]) -> Look:
    """Which of these mails lie in the probe mailbox of a destination."""
    mailbox, problem = open_mailbox(settings, name)
    if mailbox is None:
        return Look(problem=problem)
    return look(mailbox, header_ids, clock.now())


def wait_for_mail(settings: Settings, name: str, alert_id: str, wait_seconds: float) -> tuple[bool, str]:
    """Whether a mail arrives in the probe mailbox of its destination within that time, and in words how it went."""
    channel, problem = open_mail(settings, name)
    if channel is None:
        return False, problem
    header_id, began = channel.header_id(alert_id), time.monotonic()
    while True:
        found = see(settings, name, [header_id])
        if found.sightings:
            return True, f"arrived in its probe mailbox after {time.monotonic() - began:.0f} s"
        left = wait_seconds - (time.monotonic() - began)
        if left <= 0:
            return False, found.problem or f"not seen in its probe mailbox within {wait_seconds:.0f} s"
        time.sleep(min(POLL_SECONDS, left))
