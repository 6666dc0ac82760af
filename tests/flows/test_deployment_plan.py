"""What a job of each kind of work pool is given, rendered as Prefect's workers do; needs no server and no engine."""

from __future__ import annotations

import asyncio
import json
import uuid
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from prefect.utilities.templating import apply_values

from flows.config_file import UsageError
from flows.deployment_plan import PoolKind, read_kubernetes_template, read_pool
from flows.env_file import read_env_file
from tests.command import command, new_home

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[2]


def pod_of(job_variables: Mapping[str, Any]) -> dict[str, Any]:
    """The pod of a Kubernetes job, its own variables over the template's."""
    template = read_kubernetes_template()
    known = template["variables"]["properties"]
    assert job_variables.keys() <= known.keys()
    values = {name: about["default"] for name, about in known.items() if "default" in about} | dict(job_variables)
    pod: dict[str, Any] = apply_values(template["job_configuration"], values)["job_manifest"]["spec"]["template"][
        "spec"
    ]
    return pod


def environment_of(kind: PoolKind, of_pool: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of a job whose worker was started by somebody who had no file of ours."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.objects import FlowRun
    from prefect.settings import PREFECT_API_URL, temporary_settings
    from prefect.workers.base import BaseJobConfiguration
    from prefect.workers.process import ProcessJobConfiguration

    rendered = ProcessJobConfiguration if kind is PoolKind.PROCESS else BaseJobConfiguration

    async def render() -> BaseJobConfiguration:
        template, values = template_of(kind), read_pool(kind).job_variables
        template["variables"]["properties"]["env"]["default"] = dict(of_pool or {})
        return await rendered.from_template_and_values(template, values, client=get_client())

    with temporary_settings({PREFECT_API_URL: "http://127.0.0.1:9/api"}):  # nobody is asked
        job = asyncio.run(render())
        job.prepare_for_flow_run(FlowRun(id=uuid.uuid4(), flow_id=uuid.uuid4(), name="noon"))
    return {name: value or "" for name, value in job.env.items()}


def template_of(kind: PoolKind) -> dict[str, Any]:
    """What a pool of this kind is made of."""
    if kind is PoolKind.KUBERNETES:
        return read_kubernetes_template()
    from prefect.server.api import collections

    views = Path(collections.__file__).with_name("collections_data") / "views/aggregate-worker-metadata.json"
    kinds = {name: worker for of in json.loads(views.read_text()).values() for name, worker in of.items()}
    template: dict[str, Any] = kinds[kind]["default_base_job_configuration"]
    return template


@pytest.mark.parametrize("kind", PoolKind)
def test_a_job_has_its_settings_however_its_worker_was_started(kind: PoolKind, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_FLOWS_HEARTBEAT_FREQUENCY", "180")
    monkeypatch.delenv("DO_NOT_TRACK", raising=False)
    others = ("PREFECT_SERVER_", "PREFECT_CLI_")  # what a server reads, and who types a command
    shared = read_env_file(ROOT / "deploy/prefect.env")
    wanted = {name: value for name, value in shared.items() if not name.startswith(others)}
    assert wanted.items() <= environment_of(kind).items()
    assert read_pool(kind).heartbeat_seconds == 60


@pytest.mark.parametrize("kind", PoolKind)
def test_what_somebody_wrote_into_the_pools_environment_stands_beside_it(kind: PoolKind) -> None:
    environment = environment_of(kind, {"SLACK_WEBHOOK_BLOCK": "slack"})
    assert (environment["SLACK_WEBHOOK_BLOCK"], environment["DO_NOT_TRACK"]) == ("slack", "1")


def test_the_window_must_exceed_the_heartbeat_of_the_jobs_not_that_of_who_deploys(tmp_path: Path) -> None:
    home = new_home(tmp_path)
    environment = {"STANCEWATCH_CONFIG": str(home / "config"), "STANCEWATCH_HOME": str(home / "data")}
    done = command({**environment, "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30"}, "deploy", "--dead-after", "60")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("stancewatch: --dead-after 60 must exceed the heartbeat of 60 s")


def test_a_kubernetes_job_is_what_the_documents_promise() -> None:
    pod = pod_of(read_pool(PoolKind.KUBERNETES).job_variables)
    (container,) = pod["containers"]
    assert pod["automountServiceAccountToken"] is False
    assert {name: pod["securityContext"][name] for name in ("runAsUser", "runAsGroup", "fsGroup", "runAsNonRoot")} == {
        **dict.fromkeys(("runAsUser", "runAsGroup", "fsGroup"), 10001),
        "runAsNonRoot": True,
    }
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    mounted = {mount["mountPath"]: mount["name"] for mount in container["volumeMounts"]}
    assert [mount["mountPath"] for mount in container["volumeMounts"] if mount.get("readOnly")] == ["/config"]
    volumes = {volume.pop("name"): volume for volume in pod["volumes"]}
    assert volumes[mounted["/data"]] == {"persistentVolumeClaim": {"claimName": "stancewatch-data"}}
    assert volumes[mounted["/config"]] == {"configMap": {"name": "stancewatch-config"}}
    assert container["env"]["STANCEWATCH_CONFIG"] == "/config"
    assert volumes[mounted["/tmp"]] == {"emptyDir": {"sizeLimit": "1Gi"}}  # noqa: S108 - of the container
    assert container["envFrom"] == [{"secretRef": {"name": "stancewatch", "optional": True}}]


def test_docker_jobs_are_given_the_configuration_that_is_named() -> None:
    from flows.deploy import Order, job_variables

    pool, heartbeat = read_pool(PoolKind.DOCKER), timedelta(minutes=5)
    job = job_variables(pool, Order(PoolKind.DOCKER, heartbeat, config="/etc/stancewatch/config"))
    assert job["volumes"] == ["stancewatch_data:/data", "/etc/stancewatch/config:/config:ro"]
    assert job["env"] == {**pool.job_variables["env"], "STANCEWATCH_CONFIG": "/config"}
    assert job_variables(pool, Order(PoolKind.DOCKER, heartbeat)) == pool.job_variables


@pytest.mark.parametrize(
    ("kind", "folder", "words"),
    [
        ("docker", "config", "Docker takes a whole path"),
        ("docker", "/a:/b", "without a colon"),
        ("process", "/etc/stancewatch/config", "start the worker with STANCEWATCH_CONFIG"),
        ("kubernetes", "/etc/stancewatch/config", "make the config map stancewatch-config"),
    ],
)
def test_a_folder_that_no_job_would_find_is_refused(kind: str, folder: str, words: str) -> None:
    from flows.deploy import Order, job_variables

    with pytest.raises(UsageError, match=f"--config {folder}: .*{words}"):
        job_variables(read_pool(PoolKind(kind)), Order(PoolKind(kind), timedelta(minutes=5), config=folder))
