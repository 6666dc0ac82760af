"""What a job of each kind of work pool is given, rendered as Prefect's workers do; needs no server and no engine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from prefect.utilities.templating import apply_values

from flows.deployment_plan import PoolKind, read_kubernetes_template, read_pool

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
    volumes = {volume.pop("name"): volume for volume in pod["volumes"]}
    assert volumes[mounted["/data"]] == {"persistentVolumeClaim": {"claimName": "stancewatch-data"}}
    assert volumes[mounted["/tmp"]] == {"emptyDir": {"sizeLimit": "1Gi"}}  # noqa: S108 - of the container
    assert container["envFrom"] == [{"secretRef": {"name": "stancewatch", "optional": True}}]
