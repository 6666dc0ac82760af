"""Builds and runs the image without a Docker engine: Debian's buildah and podman, on a base made by debootstrap.

What stands in for ``python:3.11-slim-bookworm``, which cannot be fetched everywhere, is Debian 12 with Debian's own
Python 3.11. The real one has Python 3.11 built from source in /usr/local instead; like it, ours has pip, setuptools and
wheel there, and no bytecode. Needs root; see docs/deploy.md for the packages.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
WORK: Final = Path(os.environ.get("STANCEWATCH_IMAGE_WORK", "/var/tmp/stancewatch-image"))  # noqa: S108 - root's own
"""Images and containers lie here; removing the folder forgets them all."""
DRIVER: Final = os.environ.get("STANCEWATCH_IMAGE_DRIVER", "overlay")
"""vfs does wherever the kernel refuses overlays, and copies every layer whole."""
BASE: Final = "python:3.11-slim-bookworm"
IMAGE: Final = "stancewatch:0.1.0"
NEEDED: Final = ("buildah", "debootstrap", "podman", "runc")
FROM_HERE: Final = ("/etc/pip.conf", "/etc/ssl/certs/ca-certificates.crt")
"""How this machine reaches its package registry, lent to the build; the image keeps nothing of it."""
LOCKED_DOWN: Final = (
    *("--read-only", "--read-only-tmpfs=false", "--cap-drop", "ALL", "--security-opt", "no-new-privileges"),
    *("--pids-limit", "512", "--pull", "never", "--memory", "4g", "--tmpfs", "/tmp:size=1g,mode=1777", "--init"),  # noqa: S108 - of the container
)  # fmt: skip
"""As in compose.yaml."""


def missing() -> list[str]:
    """What is needed and not there, in words."""
    words = [f"Debian's {name}" for name in NEEDED if not shutil.which(name)]
    return words if os.geteuid() == 0 else ["root", *words]


def call(*command: str | Path, seconds: float = 600, is_checked: bool = True) -> subprocess.CompletedProcess[str]:
    """Run a command of this machine.

    Raises:
        AssertionError: it failed; with what it said last.
    """
    words = [str(word) for word in command]
    done = subprocess.run(  # noqa: S603 - commands of this folder
        words, cwd=ROOT, capture_output=True, text=True, timeout=seconds, check=False
    )
    assert done.returncode == 0 or not is_checked, f"{' '.join(words)}\n{(done.stdout + done.stderr)[-4000:]}"
    return done


def _storage() -> list[str]:
    return ["--root", str(WORK / "store"), "--runroot", str(WORK / "run"), "--storage-driver", DRIVER]


def buildah(*arguments: str | Path, seconds: float = 600) -> str:
    """What buildah answers."""
    return call("buildah", *_storage(), *arguments, seconds=seconds).stdout.strip()


def podman_command() -> list[str]:
    """podman with its storage here and without a systemd to ask for anything."""
    here = ["--tmpdir", str(WORK / "tmp"), "--cgroup-manager", "cgroupfs", "--events-backend", "file"]
    return ["podman", *_storage(), *here, "--runtime", "runc"]


def podman(*arguments: str | Path, seconds: float = 600, is_checked: bool = True) -> subprocess.CompletedProcess[str]:
    """Run podman with its storage beside that of buildah."""
    return call(*podman_command(), *arguments, seconds=seconds, is_checked=is_checked)


def run_options() -> list[str]:
    """How each container runs here; the limits are those of this process, which may not be allowed to raise them."""
    return [*LOCKED_DOWN, "--ulimit", "nofile=4096:4096", "--ulimit", "nproc=4096:4096"]


def make_base() -> None:
    """Make the base image, unless it is there (a minute or two)."""
    if not buildah("images", "--quiet", "--filter", f"reference={BASE}"):
        root = WORK / "base"
        shutil.rmtree(root, ignore_errors=True)
        call(ROOT / "tests/image/base.sh", root, seconds=3600)
        _commit(root, BASE, "--env", "PATH=/usr/local/bin:/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin")
        shutil.rmtree(root)


def _commit(root: Path, name: str, *config: str) -> None:
    """Make an image of a folder."""
    container = buildah("from", "scratch")
    buildah("add", "--quiet", container, f"{root}/", "/")
    buildah("config", "--env", "LANG=C.UTF-8", *config, container)
    buildah("commit", "--quiet", "--format", "docker", "--rm", container, name)


def build() -> None:
    """Build the image from this checkout; layers that did not change are taken from the last time."""
    lent = [word for file in FROM_HERE if Path(file).exists() for word in ("--volume", f"{file}:{file}:ro")]
    options = ["--isolation", "chroot", "--format", "docker", "--pull-never", "--layers", "--jobs", "1", "--quiet"]
    buildah("build", *options, *lent, "--tag", IMAGE, ROOT, seconds=3600)
