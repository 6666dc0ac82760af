"""Proof of arrival, end to end: a run sends mail, later runs look for it in the probe mailbox; the command line too."""

from __future__ import annotations

import asyncio
import json
import logging
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from aiosmtpd.smtp import Envelope

from flows.arrivals import check_arrivals
from flows.doctor_outbox import examine_outbox
from flows.run import open_run
from flows.settings import load_settings
from tests.command import command
from tests.flows.post_office import PASSWORD, USER, PostOffice
from tests.flows.traces import trace, words
from tests.warehouse.outgoing import due
from tests.warehouse.timeline import PEAKE, Said, Timeline, page, rule
from tests.warehouse.timeline import words as said_words
from warehouse.database import Warehouse, query_text
from warehouse.outbox import AttemptRow, record_attempt
from warehouse.published import publish, query_published

if TYPE_CHECKING:
    import subprocess
    from collections import Counter
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Desk:
    """A home with one mail destination, whose mail an office keeps."""

    home: Path
    office: PostOffice
    environment: dict[str, str]

    @property
    def warehouse(self) -> Path:
        return load_settings(self.environment).places.warehouse

    def configure(self, probe: str, **more: object) -> None:
        url = f"mailto://127.0.0.1:{self.office.mail.port}?from=watch@example.org&to=desk@example.org"
        alerts = {"destinations": {"desk": {"url": url, "probe": probe} | more}}
        (self.home / "config" / "alerts.yml").write_text(yaml.safe_dump(alerts), encoding="utf-8")

    def owe(self, sent_at: datetime | None = None) -> str:
        """An alert to the desk that is due now, or that a mail server took at a moment."""
        with Warehouse.open(self.warehouse) as warehouse:
            timeline = Timeline(warehouse)
            timeline.store(page("aa", 1, Said(PEAKE, "local", said_words(1))))
            timeline.analyse()
            timeline.detect(rule())
            (message,) = due(timeline, 61)
            if sent_at is not None:
                row = AttemptRow(message.message_id, "desk", 1, "sent", "taken", "sent", None, ())
                record_attempt(warehouse, sent_at, row)
            publish(warehouse)
        return message.message_id

    def check(self) -> Counter[str]:
        return asyncio.run(self._check())

    async def _check(self) -> Counter[str]:
        async with open_run(load_settings(self.environment), "monitor") as run:
            await check_arrivals(run)
            publish(run.warehouse)
            return run.counts

    def arrivals(self) -> list[tuple[Any, ...]]:
        sql = "SELECT destination, status, detail FROM arrivals"
        return list(query_published(self.warehouse, sql).rows)

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return command(self.environment, *arguments)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    config = tmp_path / "config"
    config.mkdir()
    (config / "feeds.yml").write_text("feeds: []\n")
    (config / "seeds.yml").write_text("seeds: []\n")
    environment = {"STANCEWATCH_CONFIG": str(config), "STANCEWATCH_HOME": str(tmp_path / "data")}
    with PostOffice() as office, office.mail:
        desk = Desk(tmp_path, office, environment | {"IMAP_USER": USER, "IMAP_PASSWORD": PASSWORD})
        desk.configure(office.probe)
        yield desk


def _ago(minutes: int) -> datetime:
    return datetime.now(UTC) - timedelta(minutes=minutes)


def _letter(message_id: str) -> Envelope:
    envelope = Envelope()
    envelope.original_content = f"Message-ID: <{message_id}@example.org>\r\n\r\nhello\r\n".encode()
    return envelope


def test_mail_that_a_run_sent_is_seen_by_the_next_look(desk: Desk) -> None:
    message_id = desk.owe()
    retried = desk.command("alerts", "retry")
    assert retried.returncode == 0, retried.stderr
    assert desk.office.mail.messages[0]["Message-ID"] == f"<{message_id}@example.org>"
    assert desk.check()["mails_arrived"] == 1
    assert desk.arrivals() == [("desk", "arrived", "")]
    assert "mails_arrived" not in {name for name, number in desk.check().items() if number}
    assert "arrived in the probe mailbox" in words(trace(desk.warehouse, message_id), "arrival")


def test_mail_that_does_not_arrive_becomes_a_trouble_in_time(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    message_id = desk.owe(_ago(30))
    assert not desk.check()["mails_missing"]
    assert desk.arrivals() == [("desk", "awaited", "")]
    desk.configure(desk.office.probe, probe_minutes=20)
    caplog.set_level(logging.WARNING, "stancewatch")
    logging.getLogger("stancewatch").propagate = True
    assert desk.check()["mails_missing"] == 1
    assert desk.check()["mails_missing"] == 1
    assert desk.arrivals() == [("desk", "missing", "")]
    told = [record for record in caplog.records if "did not arrive in its probe mailbox" in record.getMessage()]
    assert len({id(record) for record in told}) == 1  # one record, however many handlers are given it
    listed = query_published(desk.warehouse, query_text("list_alerts"))
    assert listed.rows[0][listed.columns.index("detail")] == "taken; did not arrive"
    for name, value in desk.environment.items():
        monkeypatch.setenv(name, value)
    (found,) = [finding for finding in examine_outbox(desk.warehouse) if finding.what == "mails that did not arrive"]
    assert (found.is_ok, found.words, found.mend) == (False, "1", "see `stancewatch alerts arrived`")
    assert "missing: not seen in the probe mailbox" in words(trace(desk.warehouse, message_id), "arrival")


def test_a_mailbox_that_cannot_be_looked_into_is_a_trouble_that_says_why(desk: Desk) -> None:
    desk.environment["IMAP_PASSWORD"] = "wrong"
    message_id = desk.owe(_ago(90))
    desk.check()
    ((_, status, detail),) = desk.arrivals()
    assert status == "missing"
    assert detail.endswith("it refused the login: check user and password")
    assert "wrong" not in detail
    desk.environment["IMAP_PASSWORD"] = PASSWORD
    desk.office.mail.keep(_letter(message_id))
    assert desk.check()["mails_arrived"] == 1
    assert desk.arrivals() == [("desk", "arrived", "")]


def test_without_a_probe_nobody_is_asked(desk: Desk) -> None:
    desk.configure("")
    desk.owe(_ago(30))
    desk.check()
    assert desk.arrivals() == []
    assert desk.office.commands == []


def test_a_probe_of_what_is_no_mail_says_so(desk: Desk) -> None:
    desk.configure(desk.office.probe, url="json://127.0.0.1:9/x")
    desk.owe(_ago(90))
    desk.check()
    ((_, _, detail),) = desk.arrivals()
    assert detail == "destination 'desk' has a probe but is no mail: take the probe out"


def test_a_test_mail_is_waited_for(desk: Desk) -> None:
    done = desk.command("alerts", "test", "--wait", "20")
    assert done.stdout.startswith("ok   desk: sent: mail server took the message; arrived in its probe mailbox after ")
    assert done.returncode == 0
    desk.configure(desk.office.probe.replace("INBOX", "Elsewhere"))
    done = desk.command("alerts", "test", "--wait", "0.1")
    assert done.returncode == 1
    assert "there is no mailbox 'Elsewhere'" in done.stdout


def test_the_command_lists_what_arrived_and_fails_where_something_is_missing(desk: Desk) -> None:
    desk.owe(_ago(90))
    done = desk.command("alerts", "arrived", "--format", "json")
    assert [row["status"] for row in json.loads(done.stdout)] == ["missing"]
    assert done.returncode == 1
