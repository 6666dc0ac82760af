"""One of a soak's two worlds: an installation with its own warehouse and sinks, and the process that runs it."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import duckdb
import yaml

from flows.sinks import MailSink, WebhookSink
from tests.flows.desk import mail_url

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from tests.soak.outlets import Outlets

LONGEST_RUN: Final = 3_600.0
HEARTBEAT_AT: Final = "01:30"
"""An hour that one switch of the clocks leaves out and the other shows twice."""
DIGEST_AT: Final = "07:30"
_PATTERNS: Final = [{"pattern": r"[A-Z]\w+ Hospitals Trust", "kind": "local_nhs"}]
_TOKENS: Final = "slack://TQ1JJ3T3L/BQ1BRTD4J/TIiajkdnlazkcOXrIdevi7"
_LIFETIME: Final = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended: completed, failed (``failure`` says how), or killed; with what its process held."""

    failure: str
    seconds: float
    peak_kib: int = 0
    files: int = 0
    children: int = 0
    is_killed: bool = False


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message that a destination took."""

    half_hour: int
    destination: str
    message_id: str
    subject: str


class House:
    """A world; ``home`` holds its configuration, ``data`` what it keeps."""

    def __init__(self, home: Path, data: Path, outlets: Outlets) -> None:
        self.home, self.data, self._outlets = home, data, outlets
        self.mail = MailSink(lifetime_seconds=_LIFETIME)
        self.slack = WebhookSink(lifetime_seconds=_LIFETIME)
        self._runs: subprocess.Popen[bytes] | None = None
        self._heard = b""

    @property
    def environment(self) -> dict[str, str]:
        """That of every command run here."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("STANCEWATCH")}
        return kept | {
            "STANCEWATCH_CONFIG": str(self.home / "config"),
            "STANCEWATCH_HOME": str(self.data),
            "STANCEWATCH_LOCAL_HOSTS": ",".join(self._outlets.hosts),
            "STANCEWATCH_MAIL": mail_url(self.mail),
            "STANCEWATCH_SLACK": self.slack.url,
            "PREFECT_HOME": str(self.home / "prefect"),
            "TMPDIR": str(self.scratch),
            "OPENBLAS_NUM_THREADS": "1",
        }

    @property
    def warehouse(self) -> Path:
        """The working file."""
        return self.data / "warehouse.duckdb"

    @property
    def scratch(self) -> Path:
        """Where it may leave what it needs for a while."""
        return self.home / "scratch"

    def configure(self) -> None:
        """Write the configuration, a small one, the same in both worlds."""
        self.scratch.mkdir(parents=True, exist_ok=True)
        config = self.home / "config"
        config.mkdir(parents=True, exist_ok=True)
        feeds = [
            {"id": f.id, "publisher": f.publisher, "kind": str(f.kind), "homepage": f.homepage, "url": f.url}
            | {"format": str(f.format), "interval_minutes": 30, "expected_7d": f.expected_7d}
            for f in self._outlets.feeds
        ]
        patience_seconds = self._outlets.patience_seconds
        fetch = {"gap_seconds": 0, "total_seconds": patience_seconds, "site_seconds": patience_seconds}
        files: dict[str, Any] = {
            "feeds": {"fetch": fetch, "polling": {"longest_interval_minutes": 30}, "feeds": feeds},
            "seeds": {"seeds": []},
            "llm": {},
            "actors": {"organisations": [], "patterns": _PATTERNS, "people": []},
            "upkeep": {"kept_copies": 2, "fetch_days": 5, "feed_text_days": 5},
            "alerts": _alerts(),
        }
        for name, content in files.items():
            (config / f"{name}.yml").write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """While this lasts, its sinks listen; its process starts with the first run."""
        with self.mail, self.slack:
            try:
                yield
            finally:
                self.rest()

    def rest(self) -> None:
        """End the process."""
        if self._runs is not None and self._runs.stdin is not None:
            self._runs.stdin.close()
            self._runs.wait()
            self._runs = None

    def run(self, flow: str, at: datetime, *, killed_after: float | None = None, file_limit: int = -1) -> Ended:
        """One run in the process that lives on, killed with -9 if it lasts longer than ``killed_after`` seconds."""
        self._ask(f"{flow} {at.isoformat()} {file_limit}\n")
        word, pid = self._hear(LONGEST_RUN).split()
        if word != "begun":
            raise RuntimeError(f"a run did not begin: {word} {pid}")
        answer = self._hear(LONGEST_RUN if killed_after is None else killed_after)
        if not answer:
            os.kill(int(pid), signal.SIGKILL)
            answer = self._hear(LONGEST_RUN)
            if answer.startswith("ended"):  # just before it was killed
                self._hear(LONGEST_RUN)
        word, _, told = answer.partition(" ")
        if word == "ended":
            return Ended(**json.loads(told))
        if killed_after is None:
            raise RuntimeError(f"a run of {flow} ended by itself: {answer}")
        return Ended("", killed_after, is_killed=True)

    def command(self, at: datetime, api_url: str, killed_after: float | None) -> Ended:
        """One `stancewatch run` as a command of its own under Prefect, killed if it lasts longer."""
        command = [sys.executable, "-m", "tests.soak.command", at.isoformat(), "run"]
        environment = self.environment | {"PREFECT_API_URL": api_url}
        began = time.monotonic()
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)  # noqa: S603 - our own code
        try:
            _, told = process.communicate(timeout=killed_after or LONGEST_RUN)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            return Ended("", time.monotonic() - began, is_killed=True)
        failure = told.decode().strip() if process.returncode else ""
        return Ended(failure, time.monotonic() - began)

    def arrivals(self, half_hour: int) -> list[Arrival]:
        """What the sinks took since this was asked the last time."""
        came = []
        while self.mail.received:
            message = self.mail.received.popleft().message
            key = str(message["X-Stancewatch-Alert"])
            came.append(Arrival(half_hour, "mail", key, str(message["Subject"])))
        while self.slack.received:
            post = self.slack.received.popleft()
            if post.is_taken:
                key = post.header("x-stancewatch-alert")
                came.append(Arrival(half_hour, "slack", key, str(post.content["text"])))
        return came

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows of the working file, which nobody may hold."""
        with duckdb.connect(str(self.warehouse), read_only=True) as connection:
            connection.execute("SET TimeZone = 'UTC'")
            return connection.execute(sql).fetchall()

    def _ask(self, line: str) -> None:
        if self._runs is None:
            command = [sys.executable, "-m", "tests.soak.runner"]
            log = (self.home / "runner.log").open("ab")
            self._runs = subprocess.Popen(  # noqa: S603 - our own code
                command, env=self.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log
            )
            log.close()
        if self._runs.stdin is not None:
            self._runs.stdin.write(line.encode())
            self._runs.stdin.flush()

    def _hear(self, seconds: float) -> str:
        """The next line that the process says within so long; empty if it says none."""
        out = self._runs.stdout if self._runs else None
        until = time.monotonic() + seconds
        while out is not None and b"\n" not in self._heard:
            if not select.select([out], [], [], max(until - time.monotonic(), 0))[0]:
                return ""
            piece = os.read(out.fileno(), 1000)
            if not piece:
                raise RuntimeError(f"the process of {self.home} is gone; see its runner.log")
            self._heard += piece
        line, _, self._heard = self._heard.partition(b"\n")
        return line.decode()


def _alerts() -> dict[str, Any]:
    sides = {"name": "new sides", "kinds": ["first", "shift"], "destinations": ["mail", "slack"]}
    daily = {"name": "the day", "kinds": ["first", "shift", "theme"], "timing": "daily", "destinations": ["mail"]}
    weekly = {"name": "the week", "kinds": ["first", "shift", "theme"], "timing": "weekly", "destinations": ["slack"]}
    return {
        "delivery": {"attempts": 1000, "first_pause_minutes": 1, "longest_pause_minutes": 60},
        "destinations": {
            "mail": {"url": "${STANCEWATCH_MAIL}", "digest_at": DIGEST_AT, "heartbeat_at": HEARTBEAT_AT},
            "slack": {"url": _TOKENS, "endpoint": "${STANCEWATCH_SLACK}", "digest_at": DIGEST_AT},
        },
        "rules": [sides, daily, weekly],
    }
