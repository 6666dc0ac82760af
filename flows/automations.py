"""What a Prefect server does by itself for our flows: marks runs as crashed that fell silent, tells of failed ones."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from prefect.client.schemas.objects import StateType
from prefect.events.actions import ChangeFlowRunState, SendNotification
from prefect.events.schemas.automations import AutomationCore, EventTrigger, Posture

from flows.deployment_plan import FAILURES, FLOWS, ZOMBIES

if TYPE_CHECKING:
    from uuid import UUID

    from prefect.client.orchestration import PrefectClient
    from prefect.events.schemas.automations import Automation

DEAD_AFTER: Final = timedelta(minutes=5)
"""Five heartbeats: a busy server may be late with one or two, and a dead run is to be known within ten minutes."""
_HEARTBEAT: Final = "prefect.flow-run.heartbeat"
_ENDS: Final = ("Completed", "Failed", "Cancelled", "Crashed")
_RUN: Final[dict[str, str | list[str]]] = {"prefect.resource.id": "prefect.flow-run.*"}
_OURS: Final[dict[str, str | list[str]]] = {"prefect.resource.role": "flow", "prefect.resource.name": list(FLOWS)}


def zombie_watch(dead_after: timedelta) -> AutomationCore:
    """A run of ours whose heartbeats stop is marked as crashed: its process is gone, and could not say so."""
    return AutomationCore(
        name=ZOMBIES,
        description="Kept by `stancewatch deploy` and `stancewatch serve`; its window must exceed the heartbeat's.",
        trigger=EventTrigger(
            after={_HEARTBEAT},
            expect={_HEARTBEAT, *(f"prefect.flow-run.{end}" for end in _ENDS)},
            match=_RUN,
            match_related=_OURS,
            for_each={"prefect.resource.id"},
            posture=Posture.Proactive,
            threshold=1,
            within=dead_after,
        ),
        actions=[
            ChangeFlowRunState(
                state=StateType.CRASHED,
                force=False,
                name="Crashed",
                message=f"No heartbeat for {dead_after}: its process is gone.",
            )
        ],
    )


def failure_notice(block: UUID) -> AutomationCore:
    """Each failed or crashed run of ours is told through a notification block."""
    return AutomationCore(
        name=FAILURES,
        description="Kept by `stancewatch deploy --notify`.",
        trigger=EventTrigger(
            expect={"prefect.flow-run.Failed", "prefect.flow-run.Crashed", "prefect.flow-run.TimedOut"},
            match=_RUN,
            match_related=_OURS,
            for_each={"prefect.resource.id"},
            posture=Posture.Reactive,
            threshold=1,
            within=timedelta(0),
        ),
        actions=[
            SendNotification(
                block_document_id=block,
                subject="Stancewatch: {{ flow.name }} {{ flow_run.state.name }}",
                body="Run {{ flow_run.name }} of {{ flow.name }}: {{ flow_run.state.name }}. Ask `stancewatch doctor`.",
            )
        ],
    )


async def keep_zombie_watch(client: PrefectClient) -> None:
    """Make the automation where there is none; one whose window somebody chose stays."""
    if not await client.read_automations_by_name(ZOMBIES):
        await client.create_automation(zombie_watch(DEAD_AFTER))


async def keep_automation(client: PrefectClient, wanted: AutomationCore) -> str:
    """Have the one automation of this name be as wanted; returns whether it was made, changed or left."""
    found = await client.read_automations_by_name(wanted.name)
    for spare in found[1:]:
        await client.delete_automation(spare.id)
    if not found:
        await client.create_automation(wanted)
        return "made"
    if _is_same(found[0], wanted):
        return "as it was"
    await client.update_automation(found[0].id, wanted)
    return "changed"


def _is_same(found: Automation, wanted: AutomationCore) -> bool:
    volatile = {"id", "created", "updated", "owner_resource", "tags"}
    trigger_id = {"trigger": {"id"}}
    left, right = (
        one.model_dump(mode="json", exclude={**dict.fromkeys(volatile, True), **trigger_id}) for one in (found, wanted)
    )
    for one in (left, right):
        one["trigger"] = {
            key: sorted(value) if isinstance(value, list) else value for key, value in one["trigger"].items()
        }
    return left == right
