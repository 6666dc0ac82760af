"""What is in the image and what is not. `make image-check` runs it."""

from __future__ import annotations

import json
import re

import pytest

from tests.image.engine import BASE, podman, run_options
from tests.packages.licences import locked

MOST_MEGABYTES = 640
"""On the base made here; the figure of docs/deploy.md is what `test_it_is_small` prints."""
BUILD_TOOLS = ("apt-key", "cc", "ensurepip", "g++", "gcc", "git", "ld", "make", "pip", "pip3", "uv", "wheel")
LOOK = """
import importlib.metadata as m, importlib.util as u, json, os, shutil, stat, sys
kept = [p for p in ("pip", "setuptools", "wheel", "ensurepip", "idlelib", "tkinter", "numpy.tests") if u.find_spec(p)]
special, ours = [], []
for place, folders, files in os.walk("/"):
    folders[:] = [f for f in folders if os.path.join(place, f) not in ("/proc", "/sys", "/dev", "/tmp", "/data")]
    for name in files + folders:
        about = os.lstat(os.path.join(place, name))
        if about.st_mode & 0o6000 and stat.S_ISREG(about.st_mode):
            special.append(os.path.join(place, name))
        if os.access(os.path.join(place, name), os.W_OK) and not stat.S_ISLNK(about.st_mode):
            ours.append(os.path.join(place, name))
tools = [name for name in sys.argv[1:] if shutil.which(name)]
print(json.dumps({"modules": kept, "tools": tools, "special": special, "writable": ours, "user": os.getuid(),
    "packages": {d.metadata["Name"].lower(): d.version for d in m.distributions()},
    "compiled": os.path.exists(json.__cached__)}))
"""


@pytest.fixture(scope="module")
def inside(image: str) -> dict[str, object]:
    """What a look around from within finds, as the image's user."""
    look = [
        "run",
        "--rm",
        "--network",
        "none",
        *run_options(),
        "--entrypoint",
        "python",
        image,
        "-c",
        LOOK,
        *BUILD_TOOLS,
    ]
    found: dict[str, object] = json.loads(podman(*look).stdout)
    return found


def test_no_tool_that_builds_is_left(inside: dict[str, object]) -> None:
    assert inside["modules"] == []
    assert inside["tools"] == ["apt-key"] or inside["tools"] == []  # comes with apt, and only checks signatures


def test_the_packages_are_the_locked_ones_and_no_others(inside: dict[str, object]) -> None:
    expected = {package.name: package.version for package in locked()}
    names = {re.sub(r"[-_.]+", "-", name): version for name, version in dict(inside["packages"]).items()}  # type: ignore[call-overload]
    assert names.pop("stancewatch")
    names.pop("async-timeout", None)  # for Python before 3.11.3, such as the base made here has
    assert names == expected


def test_the_user_is_nobody_who_can_write_or_become_more(inside: dict[str, object]) -> None:
    assert inside["user"] == 10001
    assert inside["special"] == []  # no set-uid or set-gid program
    assert [path for path in inside["writable"] if path != "/run/.containerenv"] == []  # type: ignore[attr-defined]


def test_pythons_own_library_is_compiled(inside: dict[str, object]) -> None:
    assert inside["compiled"] is True


def test_the_build_left_nothing_of_this_machine(image: str) -> None:
    told = podman("image", "inspect", image).stdout + podman("history", "--no-trunc", image).stdout
    assert not re.search(r"pip\.conf|find-links|index-url|PIP_|SSL_CERT", told)
    places = [
        "/etc/pip.conf",
        "/etc/uv",
        "/root/.cache",
        "/root/.config",
        "/opt/uv",
        "/project",
        "/app/extractors/model/data",
    ]
    listed = podman("run", "--rm", "--pull", "never", "--user", "0", "--ulimit", "nofile=4096:4096", "--ulimit",
                    "nproc=4096:4096", "--entrypoint", "sh", image, "-c",
                    f"for p in {' '.join(places)}; do [ -s $p ] && echo $p; done; true")  # fmt: skip
    assert listed.stdout == ""


def test_what_it_runs_is_in_the_image_not_only_in_compose(image: str) -> None:
    inspected = json.loads(podman("image", "inspect", image).stdout)[0]
    config, health = inspected["Config"], inspected["Healthcheck"]["Test"]
    assert config["User"] == "10001:10001"
    assert config["StopSignal"] in {"SIGINT", "2"}
    assert config["Entrypoint"] == ["/app/deploy/start"]
    assert config["Volumes"] == {"/data": {}}
    assert health[:3] == ["CMD", "python", "-I"]


def test_it_is_small(image: str, capsys: pytest.CaptureFixture[str]) -> None:
    sizes = {name: size(name) for name in (image, BASE)}
    layers = podman("history", "--format", "{{.Size}} {{.CreatedBy}}", image).stdout.splitlines()
    with capsys.disabled():
        print(f"\n{image}: {sizes[image] / 1e6:.0f} MB, of which the base made here {sizes[BASE] / 1e6:.0f} MB")  # noqa: T201
        print("\n".join(line[:110] for line in layers if not line.startswith("0 B")))  # noqa: T201
    assert sizes[image] < MOST_MEGABYTES * 1e6


def size(name: str) -> int:
    """Bytes of an image as its engine counts them."""
    return int(json.loads(podman("image", "inspect", name).stdout)[0]["Size"])
