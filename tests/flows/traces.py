"""Traces as the command makes them, in this process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.alert_settings import AlertsFile
from flows.trace import build_trace, choose
from warehouse.tracing import open_tracer

if TYPE_CHECKING:
    from pathlib import Path

    from flows.trace_steps import Trace


def trace(warehouse: Path, key: str, alerts: AlertsFile | None = None) -> Trace:
    """The trace of what ``key`` names in the published file of ``warehouse``."""
    with open_tracer(warehouse) as tracer:
        subjects = choose(tracer.find(key))
        assert len(subjects) <= 1, subjects
        return build_trace(tracer, key, subjects[0] if subjects else None, alerts or AlertsFile())


def words(found: Trace, stage: str = "") -> str:
    """The steps of a trace as lines, or those of one stage."""
    return "\n".join(step.words for step in found.steps if not stage or step.stage == stage)
