"""The image at work: read-only, without capabilities, as its own user, mostly without a network.

The demo, the doctor, an upgrade and the way back, and `serve` until it is healthy and asked to stop.
`make image-check` runs it.
"""

from __future__ import annotations

import json
import os
import time
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from backports import zstd

from tests.image.engine import ROOT, podman, run_options

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator

READY_SECONDS = 600
USER = 10001
DEMO = "/data/demo"
OLD = ROOT / "tests/warehouse/past/0009_word_runs.duckdb.zst"


@pytest.fixture(scope="module")
def volume(image: str) -> Iterator[str]:
    """A volume for /data, made by the engine from the image's folder, and a demo in it."""
    assert image
    name = f"check-{uuid.uuid4().hex[:8]}"
    podman("volume", "create", name)
    yield name
    podman("volume", "rm", "--force", name)


@pytest.fixture(scope="module")
def old_volume(image: str) -> Iterator[str]:
    """A volume with the warehouse of an earlier version."""
    assert image
    name = f"check-{uuid.uuid4().hex[:8]}"
    podman("volume", "create", name)
    folder = Path(podman("volume", "inspect", "--format", "{{.Mountpoint}}", name).stdout.strip())
    warehouse = folder / "warehouse.duckdb"
    warehouse.write_bytes(zstd.decompress(OLD.read_bytes()))
    for path in (folder, warehouse):
        os.chown(path, USER, USER)
    yield name
    podman("volume", "rm", "--force", name)


def inside(volume: str, *arguments: str, home: str = "/data", is_checked: bool = True) -> str:
    """What `stancewatch ARGUMENTS` says in a container without a network."""
    done = call(volume, *arguments, home=home, is_checked=is_checked)
    return done.stdout + done.stderr


def call(volume: str, *arguments: str, home: str, is_checked: bool = True) -> subprocess.CompletedProcess[str]:
    place = ["--volume", f"{volume}:/data", "--env", f"STANCEWATCH_HOME={home}"]
    options = ["run", "--rm", "--network", "none", *run_options(), *place]
    return podman(*options, "stancewatch:0.1.0", *arguments, is_checked=is_checked)


def count(volume: str, view: str, home: str = "/data") -> int:
    asked = ["sql", f"SELECT count(*) AS n FROM {view}", "--format", "json"]  # noqa: S608 - a view's name
    (row,) = json.loads(call(volume, *asked, home=home).stdout)
    return int(row["n"])


def test_the_demo_runs_without_a_network(volume: str) -> None:
    words = inside(volume, "demo")
    assert "messages arrived over SMTP" in words
    assert "done in" in words
    assert "WARNING" not in words
    assert "Traceback" not in words


def test_the_doctor_is_content_with_the_installation(volume: str) -> None:
    words = inside(volume, "doctor", is_checked=False)
    assert "all packages as pinned" in words
    assert "Traceback" not in words


def test_questions_and_charts_are_answered(volume: str) -> None:
    assert count(volume, "stance_events", DEMO) > 0
    assert "board" in inside(volume, "report", "--out", "/data/board", home=DEMO)


def test_upgrade_and_way_back_by_the_book(old_volume: str) -> None:
    """The commands of docs/deploy.md, "Upgrade", in their order, on a file that an earlier version wrote."""
    inside(old_volume, "warehouse", "backup", "--to", "/data/before-upgrade.duckdb")
    assert "BAD" not in inside(old_volume, "warehouse", "verify", "/data/before-upgrade.duckdb")
    inside(old_volume, "doctor", is_checked=False)  # opens the file, and so brings it up to date
    assert "BAD" not in inside(old_volume, "warehouse", "verify")
    inside(old_volume, "warehouse", "restore", "/data/before-upgrade.duckdb")
    assert "BAD" not in inside(old_volume, "warehouse", "verify")
    assert count(old_volume, "alerts") > 0


def test_served_it_turns_healthy_and_ends_cleanly_on_its_signal(volume: str) -> None:
    options = ["run", "--detach", "--network", "none", *run_options(), "--volume", f"{volume}:/data"]
    name = podman(*options, "stancewatch:0.1.0").stdout.strip()
    try:
        wait_until_healthy(name)
        started = time.monotonic()
        podman("stop", "--time", "30", name)
        assert time.monotonic() - started < 30
        state = json.loads(podman("inspect", name).stdout)[0]["State"]
        log = podman("logs", name)
        assert state["ExitCode"] == 0, log.stdout + log.stderr
        assert "Traceback" not in log.stdout + log.stderr
    finally:
        podman("rm", "--force", "--time", "0", name)


def wait_until_healthy(name: str) -> None:
    """Ask the image's own health check until it passes."""
    deadline = time.monotonic() + READY_SECONDS
    while (done := podman("healthcheck", "run", name, is_checked=False)).returncode:
        assert time.monotonic() < deadline, done.stdout + podman("logs", name).stderr[-3000:]
        time.sleep(2)
