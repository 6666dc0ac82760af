"""The files that deploy Stancewatch keep their promises: pinned, locked down, in step with the flows."""

from __future__ import annotations

import contextlib
import http.server
import importlib
import json
import os
import re
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import yaml

from flows.deployment_plan import KUBERNETES, PLAN
from flows.pipeline import PUBLISHED_MARK
from flows.prefect_setup import DEFAULTS

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
SECRET = re.compile(r"PASSWORD|SECRET|TOKEN|AUTH|KEY")
BARE_ONLY = {
    "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS",
    "PREFECT_LOGGING_LEVEL",
    "PREFECT_INTERNAL_LOGGING_LEVEL",  # a server and its flows have logs to tell it in
}


def dockerfile() -> list[tuple[str, str]]:
    """Instructions and their arguments, continued lines joined."""
    text = re.sub(r"^#.*\n", "", (ROOT / "Dockerfile").read_text(), flags=re.MULTILINE).replace("\\\n", " ")
    return [(line.split()[0], line.split(maxsplit=1)[1]) for line in text.splitlines() if line.strip()]


def compose() -> dict[str, Any]:
    parsed: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
    return parsed


def settings_in(path: Path) -> dict[str, str]:
    lines = (line for line in path.read_text().splitlines() if line and not line.startswith("#"))
    return dict(line.split("=", 1) for line in lines)


def test_the_image_is_built_from_the_lock_with_the_locked_uv() -> None:
    runs = [words for name, words in dockerfile() if name == "RUN"]
    assert any('"uv==$(cat .uv-version)"' in words for words in runs)
    syncs = [words for words in runs if "uv sync" in words]
    assert syncs
    assert all("--locked --no-dev" in words for words in syncs)
    assert re.fullmatch(r"\d+\.\d+\.\d+\n?", (ROOT / ".uv-version").read_text())


def test_the_final_stage_is_unprivileged_and_watched() -> None:
    names = [name for name, _ in dockerfile()]
    final = dict(dockerfile()[len(names) - 1 - names[::-1].index("FROM") :])
    assert final["USER"] == "10001:10001"
    assert "/app/deploy/health.py" in final["HEALTHCHECK"]
    assert f'"/data/{PUBLISHED_MARK}"]' in final["HEALTHCHECK"]
    assert "STANCEWATCH_HOME=/data" in final["ENV"]
    assert json.loads(final["ENTRYPOINT"]) == ["/app/deploy/start"]
    assert json.loads(final["CMD"]) == ["serve"]
    assert "STANCEWATCH_CONFIG=/app/config" in final["ENV"]
    assert os.access(ROOT / "deploy/start", os.X_OK)


def test_the_builder_gets_what_is_copied_and_no_more() -> None:
    ignore = (ROOT / ".dockerignore").read_text().splitlines()
    assert next(line for line in ignore if not line.startswith("#")) == "*"
    admitted = {line[1:] for line in ignore if line.startswith("!")}
    copied = {
        source.rstrip("/")
        for name, words in dockerfile()
        if name == "COPY" and "--from" not in words
        for source in words.split()[:-1]
    }
    assert copied == admitted
    assert all((ROOT / path).exists() for path in copied)
    assert {str(file.relative_to(ROOT)) for file in (PLAN, KUBERNETES)} <= copied  # `deploy` works in a container too


def test_every_image_has_a_tag_that_stays() -> None:
    stages = [words.split() for name, words in dockerfile() if name == "FROM"]
    images = [words[0] for words in stages if words[0] not in {words[2] for words in stages if len(words) == 3}]
    images += [service["image"] for service in compose()["services"].values()]
    assert all(":" in image and not image.endswith(":latest") for image in images), images


@pytest.mark.parametrize("name", ["postgres", "server", "stancewatch"])
def test_every_service_is_locked_down(name: str) -> None:
    service = compose()["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["restart"] == "unless-stopped"
    assert {"mem_limit", "pids_limit"} <= service.keys()
    assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))
    assert name == "stancewatch" or "healthcheck" in service  # whose check is the image's


def test_secrets_come_from_files_only() -> None:
    file = compose()
    assert all(set(secret) == {"file"} for secret in file["secrets"].values())
    for name, service in file["services"].items():
        open_ones = [key for key in service.get("environment", {}) if SECRET.search(key) and not key.endswith("_FILE")]
        assert not open_ones, name
        used = {secret if isinstance(secret, str) else secret["source"] for secret in service.get("secrets", [])}
        assert used, name
        assert used <= file["secrets"].keys()
    assert not [key for key in settings_in(ROOT / "deploy/prefect.env") if SECRET.search(key)]
    assert (ROOT / "deploy/secrets/.gitignore").read_text().splitlines()[1:] == ["*", "!.gitignore"]


def test_server_and_flows_have_the_settings_of_a_bare_run() -> None:
    shared = settings_in(ROOT / "deploy/prefect.env")
    assert {name: shared.get(name) for name in DEFAULTS.keys() - BARE_ONLY} == {
        name: DEFAULTS[name] for name in DEFAULTS.keys() - BARE_ONLY
    }
    assert all(
        "deploy/prefect.env" in (ROOT / name).read_text() for name in ("compose.yaml", "deploy/stancewatch.service")
    )


def run_start(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run deploy/start with programs that say how they were called and what SLACK_TOKEN is."""
    for name in ("stancewatch", "prefect"):
        program = folder / name
        program.write_text('#!/bin/sh\necho "${0##*/} $* [${SLACK_TOKEN-}]"\n')
        program.chmod(0o755)
    environment = {"PATH": f"{folder}:/usr/bin:/bin", "CREDENTIALS_DIRECTORY": str(folder / "secrets")}
    command = ["/bin/sh", str(ROOT / "deploy/start"), *arguments]
    return subprocess.run(  # noqa: S603 - our own script and words of this file
        command, env=environment, capture_output=True, text=True, timeout=10, check=False
    )


@pytest.mark.parametrize("file", ["SLACK_TOKEN", "secrets_SLACK_TOKEN"])
def test_start_puts_secret_files_into_the_environment(tmp_path: Path, file: str) -> None:
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / file).write_text("a b'$(c)\n")
    assert run_start(tmp_path, "serve").stdout == "stancewatch serve [a b'$(c)]\n"
    assert run_start(tmp_path, "prefect", "version").stdout == "prefect version [a b'$(c)]\n"


def test_start_refuses_a_secret_that_cannot_be_a_variable(tmp_path: Path) -> None:
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "slack-token").write_text("x")
    done = run_start(tmp_path, "serve")
    assert (done.returncode, done.stdout) == (1, "")
    assert "slack-token" in done.stderr


def test_by_hand_is_as_the_service(tmp_path: Path) -> None:
    (tmp_path / "systemd-run").write_text('#!/bin/sh\nfor word; do echo "$word"; done\n')
    (tmp_path / "systemd-run").chmod(0o755)
    unit = ROOT / "deploy/stancewatch.service"
    environment = {"PATH": f"{tmp_path}:/usr/bin:/bin", "UNIT": str(unit)}
    command = ["/bin/sh", str(ROOT / "deploy/by-hand"), "sql", "FROM stance_events  LIMIT 1"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=10, check=True)  # noqa: S603 - our own script
    words = done.stdout.splitlines()
    assert words[-4:] == ["/bin/sh", str(ROOT / "deploy/start"), "sql", "FROM stance_events  LIMIT 1"]
    given = {word.removeprefix("--property=") for word in words if word.startswith("--property=")}
    lines = unit.read_text().splitlines()
    names = {"User", "Group", "StateDirectory", "WorkingDirectory", "Environment", "EnvironmentFile", "LoadCredential"}
    assert {line.partition("=")[0] for line in given} >= names
    assert given <= set(lines)
    assert {line for line in lines if line.startswith(("Environment", "LoadCredential"))} <= given


def test_what_operators_own_is_out_of_the_way_of_an_upgrade() -> None:
    (mounted,) = (volume for volume in compose()["services"]["stancewatch"]["volumes"] if ":/config" in volume)
    assert mounted == "./deploy/config:/config:ro"
    names = ["deploy/config/alerts.yml", "deploy/secrets/x", "compose.override.yaml", ".env"]
    known = subprocess.run(["git", "check-ignore", *names], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603, S607 - fixed words
    assert known.stdout.split() == names


def test_the_override_of_the_documents_gives_each_secret_it_names() -> None:
    (text,) = re.findall(r"```yaml\n(services:.*?)```", (ROOT / "docs/deploy.md").read_text(), re.DOTALL)
    override = yaml.safe_load(text)
    (secret,) = override["services"]["stancewatch"]["secrets"]
    assert override["secrets"][secret["source"]] == {"file": f"deploy/secrets/{secret['source']}"}
    assert re.fullmatch(r"[A-Z_]+", secret["target"])
    assert override["services"].keys() <= compose()["services"].keys()
    assert all(port.startswith("127.0.0.1:") for port in override["services"]["stancewatch"]["ports"])


def test_start_passes_by_a_folder_beside_the_secrets(tmp_path: Path) -> None:
    token = tmp_path / "secrets" / "kubernetes.io" / "serviceaccount" / "token"
    token.parent.mkdir(parents=True)
    token.write_text("x")
    (tmp_path / "secrets" / "SLACK_TOKEN").write_text("a")
    done = run_start(tmp_path, "prefect", "flow-run", "execute")
    assert (done.returncode, done.stdout, done.stderr) == (0, "prefect flow-run execute [a]\n", "")


@contextlib.contextmanager
def answering(status: int) -> Iterator[str]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/health"
        server.shutdown()
        thread.join(5)


def health(*arguments: str) -> tuple[int, str]:
    command = [sys.executable, "-I", str(ROOT / "deploy/health.py"), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)  # noqa: S603 - our own script
    return done.returncode, done.stderr


def test_health_is_the_answer_and_the_age_of_what_was_published(tmp_path: Path) -> None:
    published = tmp_path / PUBLISHED_MARK
    with answering(200) as url:
        assert health(url) == (0, "")
        assert health(url, str(published)) == (0, "")  # nothing yet: before the first run
        published.touch()
        assert health(url, str(published)) == (0, "")
        os.utime(published, (0, time.time() - 4 * 3600))
        code, words = health(url, str(published))
        assert code == 1
        assert "nothing was published for 4.0 h" in words


def test_a_runner_that_does_not_poll_or_answer_is_unhealthy() -> None:
    with answering(503) as url:
        assert health(url)[0] == 1
    code, words = health(url)
    assert code == 1
    assert "refused" in words


@pytest.mark.prefect
def test_work_pools_and_serve_deploy_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path))
    from prefect import Flow
    from prefect.client.schemas.schedules import CronSchedule

    from flows.deployments import deployments

    served = {
        deployment.name: (
            [
                (schedule.schedule.cron, schedule.schedule.timezone)
                for schedule in deployment.schedules or []
                if isinstance(schedule.schedule, CronSchedule)
            ],
            deployment.concurrency_limit,
            deployment.concurrency_options and deployment.concurrency_options.collision_strategy.value,
        )
        for deployment in deployments()
    }
    described = {}
    for deployment in yaml.safe_load((ROOT / "prefect.yaml").read_text())["deployments"]:
        path, _, function = deployment["entrypoint"].partition(":")
        module = importlib.import_module(path.removesuffix(".py").replace("/", "."))
        assert isinstance(getattr(module, function), Flow)
        limit = deployment["concurrency_limit"]
        described[deployment["name"]] = (
            [(schedule["cron"], schedule["timezone"]) for schedule in deployment["schedules"]],
            limit["limit"],
            limit["collision_strategy"],
        )
        assert deployment["work_pool"]["name"] == "stancewatch"
    assert described == served
    assert len(served) == 4


@pytest.mark.prefect
@pytest.mark.deep
def test_serve_without_a_server_schedules_and_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config/feeds.yml").write_text("feeds: []\n")
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "STANCEWATCH_"))}
    places = {"STANCEWATCH_CONFIG": str(tmp_path / "config"), "STANCEWATCH_HOME": str(tmp_path / "new" / "home")}
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        runner = int(probe.getsockname()[1])
    places |= {"PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin", "PREFECT_RUNNER_SERVER_PORT": str(runner)}
    places |= {"PREFECT_RUNNER_SERVER_ENABLE": "true", "PREFECT_RUNNER_SERVER_HOST": "127.0.0.1"}  # as in the image
    command = ["/bin/sh", str(ROOT / "deploy/start"), "serve"]
    log = tmp_path / "log"
    with (
        log.open("wb") as output,
        subprocess.Popen(  # noqa: S603 - our own program
            command, env={**bare, **places}, cwd=ROOT, stdout=output, stderr=output
        ) as process,
    ):
        try:
            port = int(wait_for(lambda: re.search(r"127\.0\.0\.1:(\d+)", log.read_text()), 60)[1])
            wait_for(lambda: scheduled_runs(port), 30)
            wait_for(lambda: health(f"http://127.0.0.1:{runner}/health") == (0, ""), 30)
        finally:
            process.kill()  # the server is told by the system, not by us
    wait_for(lambda: not is_open(port), 20)
    assert "Failed to create" not in log.read_text()


def wait_for(look: Any, seconds: float) -> Any:
    deadline = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < deadline, "in vain"
        time.sleep(0.2)
    return found


def scheduled_runs(port: int) -> Any:
    wanted = {"flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}}}
    answer = httpx.post(f"http://127.0.0.1:{port}/api/flow_runs/filter", json=wanted, timeout=10, trust_env=False)
    return answer.json() if answer.status_code == httpx.codes.OK else []


def is_open(port: int) -> bool:
    with socket.socket() as client:
        client.settimeout(1)
        return client.connect_ex(("127.0.0.1", port)) == 0
