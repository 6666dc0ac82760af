"""The files of the deployment as their own tools read them: hadolint, the schema of compose files, systemd."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
MOST_EXPOSED = 1.5


def run(*command: str | Path) -> tuple[int, str]:
    """Status of a command and all it says."""
    done = subprocess.run(  # noqa: S603 - tools of this project
        [str(word) for word in command], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def compose_schema() -> Draft202012Validator:
    """The schema of the compose specification, as the package check-jsonschema carries it."""
    file = resources.files("check_jsonschema") / "builtin_schemas/vendor/compose-spec.json"
    return Draft202012Validator(json.loads(file.read_text(encoding="utf-8")))


def test_hadolint_finds_nothing_and_would(tmp_path: Path) -> None:
    assert run(BIN / "hadolint", "Dockerfile") == (0, "")
    bad = tmp_path / "Dockerfile"
    bad.write_text("FROM debian\nRUN apt-get install gcc\n")
    status, words = run(BIN / "hadolint", bad)
    assert status == 1
    assert "DL3006" in words  # no tag


def test_the_compose_file_fits_the_schema_and_a_slip_would_not(compose_schema: Draft202012Validator) -> None:
    content = yaml.safe_load((ROOT / "compose.yaml").read_text())
    assert [error.message for error in compose_schema.iter_errors(content)] == []
    content["services"]["server"]["health_check"] = content["services"]["server"].pop("healthcheck")
    assert "health_check" in "".join(error.message for error in compose_schema.iter_errors(content))


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd-analyze of Debian's package systemd")
def test_systemd_takes_the_unit_and_finds_it_hardly_exposed(tmp_path: Path) -> None:
    unit = tmp_path / "stancewatch.service"
    text = (ROOT / "deploy/stancewatch.service").read_text()
    unit.write_text(text)
    analyze = shutil.which("systemd-analyze") or ""
    assert run(analyze, "verify", "--man=no", "--recursive-errors=no", unit) == (0, "")
    status, words = run(analyze, "security", "--offline=true", "--no-pager", unit)
    assert status == 0
    exposure = re.search(r"Overall exposure level for \S+: ([\d.]+)", words)
    assert exposure
    assert float(exposure[1]) <= MOST_EXPOSED, words
    unit.write_text(text.replace("ProtectSystem=strict", "ProtectSystem=stricter"))
    assert "stricter" in run(analyze, "verify", "--man=no", "--recursive-errors=no", unit)[1]
