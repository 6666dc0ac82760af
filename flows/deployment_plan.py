"""What is deployed, by which schedule and on which kind of pool: prefect.yaml, and the template of deploy/."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

import yaml

from flows.config_file import ConfigError

ROOT: Final = Path(__file__).resolve().parents[1]
PLAN: Final = ROOT / "prefect.yaml"
KUBERNETES: Final = ROOT / "deploy" / "kubernetes.json"
FLOWS: Final = ("monitor", "digest", "upkeep", "backfill")
ZOMBIES: Final = "stancewatch: a run without a heartbeat is crashed"
FAILURES: Final = "stancewatch: a failed run is told"
"""Names of the automations that we keep on a Prefect server."""

_HEARTBEAT_SECONDS: Final = 180


class PoolKind(StrEnum):
    """Where runs are started: in processes of a worker, in containers, or as Kubernetes jobs."""

    PROCESS = "process"
    DOCKER = "docker"
    KUBERNETES = "kubernetes"


@dataclass(frozen=True, slots=True)
class PlannedDeployment:
    """One deployment; each of ``schedules`` is a cron line with its time zone."""

    name: str
    entrypoint: str
    schedules: tuple[tuple[str, str], ...]

    @property
    def module(self) -> str:
        """The module that defines the flow."""
        return self.entrypoint.partition(":")[0].removesuffix(".py").replace("/", ".")

    @property
    def function(self) -> str:
        """The flow in its module."""
        return self.entrypoint.partition(":")[2]


@dataclass(frozen=True, slots=True)
class PlannedPool:
    """A work pool: its name, what each of its jobs is given, and the steps that find the code there."""

    kind: PoolKind
    name: str
    job_variables: dict[str, Any]
    pull_steps: list[dict[str, Any]]

    @property
    def heartbeat_seconds(self) -> int:
        """How often a run here says that it lives: as its job is told, else as Prefect has it."""
        return int(self.job_variables.get("env", {}).get("PREFECT_FLOWS_HEARTBEAT_FREQUENCY", _HEARTBEAT_SECONDS))


def read_deployments() -> tuple[PlannedDeployment, ...]:
    """The deployments that prefect.yaml describes; each lets one run at a time and skips what comes meanwhile.

    Raises:
        ConfigError: the file is not there.
    """
    return tuple(
        PlannedDeployment(
            one["name"],
            one["entrypoint"],
            tuple((each["cron"], each["timezone"]) for each in one["schedules"]),
        )
        for one in _read()["deployments"]
    )


def read_pool(kind: PoolKind) -> PlannedPool:
    """The pool of a kind that prefect.yaml describes; where it says nothing of the code, that lies where this does.

    Raises:
        ConfigError: the file is not there.
    """
    described = _read()["definitions"]["pools"][kind]
    pool = described["work_pool"]
    here = [{"prefect.deployments.steps.set_working_directory": {"directory": str(ROOT)}}]
    return PlannedPool(kind, pool["name"], pool.get("job_variables", {}), described.get("pull", here))


def read_kubernetes_template() -> dict[str, Any]:
    """The base job template of a Kubernetes pool: jobs that are locked down, with the warehouse and the secrets.

    Raises:
        ConfigError: the file is not there.
    """
    template: dict[str, Any] = json.loads(_text(KUBERNETES))
    return template


def _read() -> dict[str, Any]:
    plan: dict[str, Any] = yaml.safe_load(_text(PLAN))
    return plan


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise ConfigError(
            f"{file}: {error.strerror}; install stancewatch with its source, as `make install` does"
        ) from None
