"""compose.yaml with all its services as containers: podman-compose reads it, podman runs them. `make image-check`.

What differs from a machine with Docker is in `HERE` and in `Project.write`: where logs go, limits that podman may not
raise here, the database's network, a free port, a sample newsroom in the container of `stancewatch` for it to
watch, Debian's PostgreSQL.
"""

from __future__ import annotations

import secrets
import shlex
import shutil
import socket
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import yaml

from flows.demo import _write_config
from flows.newsroom import load_newsroom
from flows.newsroom_server import Newsroom
from tests.image.engine import ROOT, buildah, call, podman, podman_command

if TYPE_CHECKING:
    from collections.abc import Iterator

SERVICES = ("postgres", "server", "stancewatch")
DATABASE = "postgres:17-bookworm"
READY_SECONDS = RUN_SECONDS = 600
HERE = {"logging": {"driver": "k8s-file", "options": {"max-size": "10m"}}, "ulimits": {"nofile": 4096, "nproc": 4096}}
PODMAN = """#!/bin/sh
# As Docker does: nothing is put over /run of a read-only container.
case $1 in
    run | create) first=$1; shift; exec {podman} "$first" --read-only-tmpfs=false "$@" ;;
    *) exec {podman} "$@" ;;
esac
"""
NETWORK = "10.213.47"
"""Addresses in the database's network. In an internal one podman's plug-ins resolve no names, and lead published ports
astray: here it is none."""
SERVE_NEWSROOM = (
    "import threading; from flows.newsroom import load_newsroom; from flows.newsroom_server import Newsroom\n"
    "with Newsroom(load_newsroom(), port={port}): threading.Event().wait()"
)


@dataclass(frozen=True, slots=True)
class Project:
    """A folder with compose.yaml and what it names, and the containers made of it."""

    folder: Path
    name: str
    port: int
    newsroom_port: int
    login: str

    def compose(self, *arguments: str) -> None:
        """Run podman-compose here."""
        program: list[str | Path] = [
            Path(sys.executable).with_name("podman-compose"),
            "--podman-path",
            self.folder / "podman",
        ]
        files: list[str | Path] = ["--file", self.folder / "compose.yaml", "--file", self.folder / "here.yaml"]
        call(*program, "--in-pod", "false", "--project-name", self.name, *files, *arguments)

    def container(self, service: str) -> str:
        """The id of a service's container."""
        label = f"label=com.docker.compose.service={service}"
        mine = f"label=com.docker.compose.project={self.name}"
        return podman("ps", "--all", "--quiet", "--filter", label, "--filter", mine).stdout.split()[0]

    def wait_until_healthy(self, service: str) -> None:
        """Ask the health check of compose.yaml, or else of the image, until it passes."""
        deadline = time.monotonic() + READY_SECONDS
        while (done := podman("healthcheck", "run", self.container(service), is_checked=False)).returncode:
            log = podman("logs", self.container(service), is_checked=False)
            assert time.monotonic() < deadline, done.stdout + done.stderr + (log.stdout + log.stderr)[-3000:]
            time.sleep(2)

    def start(self) -> None:
        """Start the services one after the other, then the sample newsroom on the loopback of the last."""
        for service in SERVICES:
            self.compose("up", "--detach", "--no-build", "--no-deps", service)
            self.wait_until_healthy(service)
        command = ["python", "-c", SERVE_NEWSROOM.format(port=self.newsroom_port)]
        podman("exec", "--detach", self.container("stancewatch"), *command)

    def write(self, hosts: str) -> None:
        """Copy the files of the deployment; secrets as docs/deploy.md makes them."""
        shutil.copytree(ROOT / "deploy", self.folder / "deploy", dirs_exist_ok=True)
        (self.folder / "seeds").mkdir()
        kept = self.folder / "deploy/secrets"
        kept.chmod(0o700)
        for name, words in {"postgres_password": secrets.token_hex(24), "prefect_login": self.login}.items():
            (kept / name).write_text(words)
            (kept / name).chmod(0o644)
        text = (ROOT / "compose.yaml").read_text()
        assert "127.0.0.1:4200:4200" in text
        compose = yaml.safe_load(text.replace(":4200:4200", f":{self.port}:4200"))
        assert compose["networks"]["database"] == {"internal": True}
        compose["networks"]["database"] = {"ipam": {"config": [{"subnet": f"{NETWORK}.0/24"}]}}
        compose["services"]["postgres"]["networks"] = {"database": {"ipv4_address": f"{NETWORK}.10"}}
        compose["services"]["server"]["extra_hosts"] = [f"postgres:{NETWORK}.10"]
        (self.folder / "compose.yaml").write_text(yaml.safe_dump(compose))
        services: dict[str, dict[str, Any]] = {name: dict(HERE) for name in SERVICES}
        services["stancewatch"]["environment"] = {"STANCEWATCH_LOCAL_HOSTS": hosts}
        (self.folder / "here.yaml").write_text(yaml.safe_dump({"services": services}))
        (self.folder / "podman").write_text(PODMAN.format(podman=shlex.join(podman_command())))
        (self.folder / "podman").chmod(0o755)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def project(image: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """The services, up and healthy, with a newsroom to watch."""
    assert image
    folder = ROOT / "tests/image"
    buildah("build", "--isolation", "chroot", "--format", "docker", "--pull-never", "--layers", "--quiet", "--file",
            folder / "Postgres.Dockerfile", "--tag", DATABASE, folder)  # fmt: skip
    with Newsroom(load_newsroom()) as newsroom:
        port, feeds, hosts = newsroom.port, newsroom.feeds, ",".join(sorted(newsroom.hosts))
    login = f"admin:{secrets.token_hex(24)}"
    project = Project(tmp_path_factory.mktemp("composed"), f"check{secrets.token_hex(3)}", free_port(), port, login)
    project.write(hosts)
    _write_config(project.folder / "deploy/config", feeds)
    shutil.copyfile(ROOT / "config/alerts.yml", project.folder / "deploy/config/alerts.yml")
    try:
        project.start()
        yield project
    finally:
        project.compose("down", "--volumes", "--timeout", "30")


@pytest.fixture
def api(project: Project) -> Iterator[httpx.Client]:
    """The Prefect server, as its user reaches it from this machine."""
    name, _, password = project.login.partition(":")
    address = f"http://127.0.0.1:{project.port}/api"
    with httpx.Client(base_url=address, auth=(name, password), timeout=30, trust_env=False) as client:
        yield client


def test_the_server_lets_in_nobody_without_the_login(project: Project, api: httpx.Client) -> None:
    assert httpx.post(f"{api.base_url}flows/count", timeout=30, trust_env=False).status_code == 401
    assert api.post("/flows/count").status_code == 200
    log = podman("logs", project.container("server"))
    assert project.login not in log.stdout + log.stderr


def test_the_database_is_the_real_one(project: Project) -> None:
    asked = [
        "psql",
        "--host=/run/postgresql",
        "--username=prefect",
        "--tuples-only",
        "--command=SELECT count(*) FROM deployment",
    ]
    assert podman("exec", project.container("postgres"), *asked).stdout.strip() == "4"


def completed(api: httpx.Client) -> int:
    """How many runs that the scheduler, not a person, asked for are completed."""
    wanted = {"flow_runs": {"state": {"type": {"any_": ["COMPLETED"]}}}, "deployments": {"name": {"any_": ["monitor"]}}}
    return sum(run["auto_scheduled"] for run in api.post("/flow_runs/filter", json=wanted).json())


def wait_for_a_run(project: Project, api: httpx.Client, *, after: int) -> None:
    deadline = time.monotonic() + RUN_SECONDS
    while completed(api) <= after:
        log = podman("logs", project.container("stancewatch"))
        assert time.monotonic() < deadline, (log.stdout + log.stderr)[-3000:]
        time.sleep(5)


def test_a_scheduled_run_completes_and_so_it_does_after_a_restart(project: Project, api: httpx.Client) -> None:
    (monitor,) = (entry for entry in api.post("/deployments/filter", json={}).json() if entry["name"] == "monitor")
    often = [{"active": True, "schedule": {"interval": 60}}]  # the shipped one: half an hour to wait
    api.post(f"/deployments/{monitor['id']}/schedules", json=often).raise_for_status()
    wait_for_a_run(project, api, after=0)
    asked = ["stancewatch", "sql", "SELECT count(*) AS articles FROM articles", "--format", "csv"]
    articles = podman("exec", project.container("stancewatch"), *asked).stdout.split()
    assert int(articles[-1]) > 0

    project.compose("down", "--timeout", "30")  # its volumes stay
    project.start()
    known = completed(api)
    assert known > 0  # the history of runs is in PostgreSQL's volume
    (monitor,) = (entry for entry in api.post("/deployments/filter", json={}).json() if entry["name"] == "monitor")
    api.post(f"/deployments/{monitor['id']}/schedules", json=often)
    wait_for_a_run(project, api, after=known)
    assert podman("exec", project.container("stancewatch"), *asked).stdout.split() == articles
