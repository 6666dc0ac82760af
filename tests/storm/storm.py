"""kill -9 at random points between an event and its recorded delivery, against servers that fail.

Each round brings news for a mail server and a Slack-like webhook that both fail at random. A run in a process of its
own detects and delivers; it is killed again and again at a random moment until one comes to its end. `make storm` does
that until 200 runs were killed, then lets the rest be delivered in peace and compares what arrived with what was owed.
"""

from __future__ import annotations

import contextlib
import os
import random
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from extractors.records import ActorType, Speaker
from flows.sinks import MailFault, MailSink, WebhookReply, WebhookSink
from tests.flows.desk import Desk, mail_url
from tests.warehouse.timeline import Page, Said, words

if TYPE_CHECKING:
    from collections.abc import Sequence

PAGES: Final = 4
TOKENS: Final = "slack://TQ1JJ3T3L/BQ1BRTD4J/TIiajkdnlazkcOXrIdevi7"
REPEAT: Final = "(may be a repeat)"
MAIL_FAULTS: Final = (MailFault.NONE,) * 5 + (MailFault.TRY_LATER, MailFault.DROP, MailFault.TAKE_AND_DROP)
REPLIES: Final = (WebhookReply(),) * 5 + (
    WebhookReply(503, "not now"),
    WebhookReply(429, "slower", retry_after="1"),
    WebhookReply(is_dropped=True),
    WebhookReply(200, '{"ok": false, "error": "ratelimited"}'),
)
SILENT: Final = (MailFault.TAKE_AND_DROP,)
"""Faults with which a message is taken and nobody says so."""
_LONGEST_RUN: Final = 60.0


@dataclass(frozen=True, slots=True)
class Account:
    """What came of a storm: killed runs, alerts owed, and what is wrong with what arrived."""

    kills: int
    alerts: int
    arrived_once: int
    arrived_twice: int
    wrongs: tuple[str, ...]


class Storm:
    """A desk, its servers, and the runs that are killed."""

    def __init__(self, home: Path, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - chance, no secret
        self.now = datetime.now(UTC)
        self.kills = 0
        self.seconds = 1.0
        self.number = 0
        self.heard = b""
        self.mail = MailSink()
        self.slack = WebhookSink()
        self.desk = Desk(home, {})

    def blow(self, kills: int) -> Account:
        """Rounds of news until so many runs were killed; then peace, and the account."""
        with self.mail, self.slack:
            self.desk.config = self._config()
            self.desk.settings  # noqa: B018 - writes them
            self.runs = subprocess.Popen(
                [sys.executable, "-m", "tests.storm.run"],
                env={**os.environ, **self.desk.environment},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
            )
            while self.kills < kills:
                self._news()
                self._fail()
                while not self._finish(self.chance.uniform(0, self.seconds * 1.1)):
                    self.kills += 1
                self.now += timedelta(minutes=30)
            self.mail.faults.clear()
            self.slack.replies.clear()
            for _ in range(12):
                self.now += timedelta(hours=12)
                self._finish(_LONGEST_RUN)
            self.runs.kill()
            self.runs.wait()
            return self._account()

    def _config(self) -> dict[str, Any]:
        slack = {"url": TOKENS, "endpoint": self.slack.url}
        rule = {"name": "all", "destinations": ["mail", "slack"], "kinds": ["first", "shift", "theme"]}
        delivery = {"attempts": 1000, "first_pause_minutes": 1, "longest_pause_minutes": 5, "most_alerts_per_run": 1000}
        return {
            "detection": {"minimum_confidence": 0.5},
            "destinations": {"mail": {"url": mail_url(self.mail)}, "slack": slack},
            "rules": [rule],
            "delivery": delivery,
        }

    def _news(self) -> None:
        """Pages of new people, stored and analysed; what is new in them is for the killed runs to find."""
        pages = []
        for _ in range(PAGES):
            self.number += 1
            name = f"Anna {'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[self.number % 26]}ale{'abcdefghij'[self.number // 26 % 10]}s"
            speaker = Speaker(f"{name}{'xyzuvw'[self.number // 260]}", "chair", f"Body {self.number}", ActorType.OTHER)
            said = Said(speaker, "local", words(self.number))
            pages.append(Page(f"page-{self.number}", (said,), self.now, self.now))
        self.desk.store(*pages)

    def _fail(self) -> None:
        self.mail.faults.extend(self.chance.choices(MAIL_FAULTS, k=PAGES))
        self.slack.replies.extend(self.chance.choices(REPLIES, k=PAGES))

    def _finish(self, seconds: float) -> bool:
        """Let a run go for so long after it began, or to its end; whether it came there."""
        self.now += timedelta(minutes=6)
        self._ask(self.now.isoformat())
        word, _, pid = self._hear(_LONGEST_RUN).partition(" ")
        if word != "begun":
            raise RuntimeError(f"a run did not begin: {word} {pid}")
        began = time.monotonic()
        answer = self._hear(seconds)
        if not answer:
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(pid), signal.SIGKILL)
            answer = self._hear(_LONGEST_RUN)
        if answer == f"ended -{signal.SIGKILL.value}":
            self.seconds *= 1.08
            return False
        if answer != "ended 0":
            raise RuntimeError(f"a run {answer}")
        self.seconds = 0.8 * self.seconds + 0.2 * (time.monotonic() - began)
        return True

    def _ask(self, line: str) -> None:
        if self.runs.stdin is not None:
            self.runs.stdin.write(f"{line}\n")
            self.runs.stdin.flush()

    def _hear(self, seconds: float) -> str:
        """The next line that the runs say within so long; empty if they say none."""
        out = self.runs.stdout
        until = time.monotonic() + seconds
        while out is not None and b"\n" not in self.heard:
            if not select.select([out], [], [], max(until - time.monotonic(), 0))[0]:
                return ""
            self.heard += os.read(out.fileno(), 1000)
        line, _, self.heard = self.heard.partition(b"\n")
        return line.decode()

    def _account(self) -> Account:
        owed = self.desk.query("SELECT alert_id, destination, status FROM alerts ORDER BY ALL")
        arrived: dict[tuple[str, str], list[str]] = defaultdict(list)
        for message in self.mail.messages:
            arrived[str(message["X-Stancewatch-Alert"]), "mail"].append(str(message["Subject"]))
        for post in self._taken():
            arrived[post.header("x-stancewatch-alert"), "slack"].append(str(post.content["text"]))
        wrongs = [wrong for row in owed for wrong in judge(row, arrived.pop((row[0], row[1]), []))]
        wrongs += [f"{key} arrived and was never owed" for key in arrived]
        times = Counter(self._times(owed))
        if len(owed) != 2 * self.number:
            wrongs.append(f"{len(owed)} alerts are owed where {2 * self.number} should be")
        return Account(self.kills, len(owed), times[1], times[2], tuple(wrongs))

    def _times(self, owed: Sequence[tuple[Any, ...]]) -> list[int]:
        keys = Counter((str(message["X-Stancewatch-Alert"]), "mail") for message in self.mail.messages)
        keys += Counter((post.header("x-stancewatch-alert"), "slack") for post in self._taken())
        return [keys[alert_id, destination] for alert_id, destination, _ in owed]

    def _taken(self) -> list[Any]:
        """The posts that the webhook took: answered with yes, or dropped without a word."""
        return [post for post in self.slack.received if post.is_taken]


def judge(row: tuple[Any, ...], subjects: Sequence[str]) -> list[str]:
    """What is wrong with what arrived of one alert, in order of arrival."""
    alert_id, destination, status = row
    where = f"{alert_id} at {destination} ({status})"
    if not subjects:
        return [f"{where} never arrived"]
    wrongs = [] if status in {"sent", "unknown"} else [f"{where} is not done with"]
    if len(subjects) > 2:
        wrongs.append(f"{where} arrived {len(subjects)} times")
    if any("may be a repeat" not in subject.lower() for subject in subjects[1:]):
        wrongs.append(f"{where} was repeated without a mark")
    return wrongs


def main() -> None:
    """Print what came of a storm; status 1 if anything is wrong."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(1_000_000)  # noqa: S311 - arguments
    with tempfile.TemporaryDirectory() as folder:
        account = Storm(Path(folder), seed).blow(kills)
    sys.stdout.write(
        f"seed {seed}: {account.kills} runs killed, {account.alerts} alerts owed: {account.arrived_once} arrived once,"
        f" {account.arrived_twice} twice and marked, {len(account.wrongs)} wrong\n"
    )
    sys.stdout.writelines(f"  {wrong}\n" for wrong in account.wrongs)
    sys.exit(bool(account.wrongs))


if __name__ == "__main__":
    main()
