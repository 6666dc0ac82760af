"""prefect.yaml for work pools of each kind, deployed by Prefect's own command into a real server on loopback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import yaml
from jsonschema import Draft202012Validator
from prefect.utilities.templating import apply_values

from flows.prefect_setup import prefect_server, prepare_prefect

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.prefect, pytest.mark.deep]
ROOT = Path(__file__).resolve().parents[2]
KINDS = ("process", "docker", "kubernetes")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A Prefect of our own for the processes that are started here."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("PREFECT_")]:
            patch.delenv(name)
        folder = tmp_path_factory.mktemp("prefect")
        for name, value in prefect_environment(folder).items():
            patch.setenv(name, value)
        yield folder


def prefect_environment(home: Path) -> dict[str, str]:
    environment: dict[str, str] = {}
    prepare_prefect(home, environment)
    return environment


@pytest.fixture(scope="module")
def api(home: Path) -> Iterator[httpx.Client]:
    """A server with a pool of each kind, made of Prefect's own templates and of ours, that has all deployments."""
    with prefect_server() as url, httpx.Client(base_url=url, timeout=120, trust_env=False) as client:
        for kind, template in templates().items():
            name = pool(kind)["work_pool"]["name"]
            pool_record = {"name": name, "type": kind, "base_job_template": template}
            assert client.post("/work_pools/", json=pool_record).status_code == httpx.codes.CREATED, kind
        deploy(every_kind(home), url)
        yield client


def templates() -> dict[str, dict[str, Any]]:
    """The base job template of each kind: what Prefect ships, and our file for Kubernetes."""
    from prefect.server.api import collections

    views = Path(collections.__file__).with_name("collections_data") / "views/aggregate-worker-metadata.json"
    kinds = {kind: worker for of in json.loads(views.read_text()).values() for kind, worker in of.items()}
    return {
        **{kind: kinds[kind]["default_base_job_configuration"] for kind in ("process", "docker")},
        "kubernetes": json.loads((ROOT / "deploy/kubernetes.json").read_text()),
    }


def described() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((ROOT / "prefect.yaml").read_text())
    return content


def pool(kind: str) -> dict[str, Any]:
    merged: dict[str, Any] = described()["definitions"]["pools"][kind]
    return merged


def every_kind(folder: Path) -> Path:
    """prefect.yaml with each deployment for each kind of pool, as if its four lines read `<<: *KIND`."""
    content = described()
    content["deployments"] = [
        {**deployment, **pool(kind), "name": f"{deployment['name']}-{kind}"}
        for kind in KINDS
        for deployment in content["deployments"]
    ]
    (folder / "prefect.yaml").write_text(yaml.safe_dump(content))
    return folder / "prefect.yaml"


def deploy(file: Path, url: str) -> None:
    command = [
        str(Path(sys.executable).with_name("prefect")),
        "--no-prompt",
        "deploy",
        "--all",
        "--prefect-file",
        str(file),
    ]
    done = subprocess.run(  # noqa: S603 - the locked Prefect
        command,
        cwd=ROOT,
        env={**os.environ, "PREFECT_API_URL": url},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def deployments_of(api: httpx.Client, kind: str) -> dict[str, dict[str, Any]]:
    found = api.post("/deployments/filter", json={"limit": 100}).json()
    return {entry["name"].removesuffix(f"-{kind}"): entry for entry in found if entry["name"].endswith(f"-{kind}")}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_pool_gets_the_four_deployments(api: httpx.Client, kind: str) -> None:
    found = deployments_of(api, kind)
    assert set(found) == {"monitor", "digest", "upkeep", "backfill"}
    for name, deployment in found.items():
        assert deployment["work_pool_name"] == pool(kind)["work_pool"]["name"]
        assert deployment["concurrency_options"]["collision_strategy"] == "CANCEL_NEW"
        assert [entry["schedule"]["timezone"] for entry in deployment["schedules"]] in (["Europe/London"], [])
        assert bool(deployment["schedules"]) == (name != "backfill")


@pytest.mark.parametrize("kind", KINDS)
def test_the_variables_fit_the_pools_template(api: httpx.Client, kind: str) -> None:
    template = api.get(f"/work_pools/{pool(kind)['work_pool']['name']}").json()["base_job_template"]
    assert set(pool(kind)["work_pool"].get("job_variables", {})) <= template["variables"]["properties"].keys()
    for deployment in deployments_of(api, kind).values():
        errors = Draft202012Validator(template["variables"]).iter_errors(deployment["job_variables"])
        assert [error.message for error in errors] == []


def test_kubernetes_jobs_are_locked_down_and_have_the_warehouse(api: httpx.Client) -> None:
    template = api.get("/work_pools/stancewatch-kubernetes").json()["base_job_template"]
    defaults = {
        name: about["default"] for name, about in template["variables"]["properties"].items() if "default" in about
    }
    values = {**defaults, **deployments_of(api, "kubernetes")["monitor"]["job_variables"]}
    spec = apply_values(template["job_configuration"], values)["job_manifest"]["spec"]["template"]["spec"]
    container = spec["containers"][0]
    assert container["image"] == yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]["stancewatch"]["image"]
    assert {mount["mountPath"] for mount in container["volumeMounts"]} == {"/config", "/data", "/tmp"}  # noqa: S108 - of the container
    assert container["securityContext"]["readOnlyRootFilesystem"] is True
    assert container["resources"]["limits"]["memory"] == "4Gi"
    assert spec["securityContext"]["runAsUser"] == 10001
    assert spec["volumes"][0]["persistentVolumeClaim"] == {"claimName": "stancewatch-data"}
