"""The operator's own route: what begins, lasts and ends is told once each, through a real mail server."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import yaml

from flows.alert_commands import test_destinations as send_tests
from flows.config_file import ConfigError
from flows.deliver import Attempt, Outcome
from flows.dispatch import dispatch_alerts
from flows.drift import Week, find_drift
from flows.outbox import deliver_alerts
from flows.run import open_run
from flows.settings import load_settings
from flows.sinks import MailSink
from flows.troubles import find_troubles, watch_troubles
from tests.flows.desk import Desk, mail_url
from tests.warehouse.feed_rows import feed
from tests.warehouse.timeline import at
from warehouse.database import Warehouse, WarehouseError
from warehouse.outbox import AttemptRow, record_attempt
from warehouse.polls import sync_feeds
from warehouse.runs import begin_run, finish_run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

NOW = at(1)
HOUR = timedelta(hours=1)


@dataclass(slots=True)
class Watch:
    """A desk with a mail server for analysts and one for the operator."""

    desk: Desk
    mail: MailSink
    analysts: MailSink

    def fail(self, moment: datetime, flow: str = "monitor", failure: str = "the tap ran dry") -> None:
        """A run that failed, or was well if there is no ``failure``."""
        with Warehouse.open(self.desk.settings.places.warehouse) as warehouse:
            begin_run(warehouse, f"{flow}-{moment:%d%H%M}", flow, moment)
            finish_run(warehouse, f"{flow}-{moment:%d%H%M}", moment, Counter(), failure)

    def look(self, moment: datetime, flow: str = "digest") -> list[str]:
        """A run that looks and sends at a moment; returns the subjects of what arrived at the operator's."""
        before = len(self.mail.messages)

        async def run_once() -> None:
            async with open_run(self.desk.settings, flow) as run:
                then = replace(run, now=moment)
                await watch_troubles(then)
                await deliver_alerts(then)

        asyncio.run(run_once())
        return [str(message["Subject"]) for message in self.mail.messages[before:]]


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    with MailSink() as mail, MailSink() as analysts:
        desk = Desk(tmp_path, {"destinations": {"desk": {"url": mail_url(analysts)}}})
        assert desk.settings
        operator = {"url": mail_url(mail, "ops@example.org"), "free_times": 1e-9, "missed_runs": 10_000}
        (tmp_path / "config" / "operator.yml").write_text(yaml.safe_dump(operator), encoding="utf-8")
        yield Watch(desk, mail, analysts)
        assert not analysts.messages


def test_a_failure_is_told_once_daily_while_it_lasts_and_when_it_is_over(watch: Watch) -> None:
    watch.fail(NOW, failure="")
    watch.fail(NOW + HOUR)
    (subject,) = watch.look(NOW + 2 * HOUR)
    assert subject == "Trouble: runs of monitor fail"
    text = watch.mail.messages[0].get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "The last run of monitor failed or was killed: the tap ran dry" in " ".join(text.split())
    assert "What to do: Run `stancewatch doctor`" in text
    assert watch.mail.messages[0]["To"] == "ops@example.org"
    watch.fail(NOW + 3 * HOUR)
    assert watch.look(NOW + 4 * HOUR) == []
    (subject,) = watch.look(NOW + 27 * HOUR)
    assert subject == "Still: runs of monitor fail"
    (subject,) = watch.look(NOW + 28 * HOUR, flow="monitor")
    assert subject == "Over: runs of monitor fail"
    assert watch.look(NOW + 29 * HOUR, flow="monitor") == []
    kinds = watch.desk.query("SELECT kind, destination, status FROM messages")
    assert kinds == [("operator", "operator", "sent")] * 3
    assert watch.desk.query("SELECT trouble, ended_at IS NULL FROM troubles") == [("runs:monitor", False)]


def test_what_comes_and_goes_within_a_day_is_told_once(watch: Watch) -> None:
    watch.fail(NOW)
    assert len(watch.look(NOW + HOUR)) == 1
    assert len(watch.look(NOW + 2 * HOUR, flow="monitor")) == 1
    with Warehouse.open(watch.desk.settings.places.warehouse) as warehouse:
        warehouse._connection.execute("DELETE FROM store.runs")
    watch.fail(NOW + 3 * HOUR)
    assert watch.look(NOW + 4 * HOUR) == []
    assert len(watch.look(NOW + 26 * HOUR)) == 1


def test_a_run_that_fails_tells_at_once(watch: Watch) -> None:
    async def break_off() -> None:
        async with open_run(watch.desk.settings, "monitor") as run:
            dispatch_alerts(run)
            raise ZeroDivisionError("a mistake of ours")

    with pytest.raises(ZeroDivisionError):
        asyncio.run(break_off())
    (message,) = watch.mail.messages
    body = message.get_body(("plain",))
    assert body
    assert "a mistake of ours" in body.get_content()
    assert watch.desk.query("SELECT status, detail FROM runs") == [("failed", "a mistake of ours")]


def test_feeds_disk_destinations_and_lateness(watch: Watch) -> None:
    watch.fail(NOW - timedelta(days=20), failure="")
    path = watch.desk.settings.places.warehouse
    (watch.desk.home / "config" / "operator.yml").write_text(
        yaml.safe_dump({"url": mail_url(watch.mail), "free_times": 1e9}), encoding="utf-8"
    )
    with Warehouse.open(path) as warehouse:
        sync_feeds(warehouse, [feed("post")])
        warehouse._connection.execute(
            "UPDATE store.feeds SET status = 'ok', expected_7d = 20, last_ok_at = $now, changed_at = $then",
            {"now": NOW, "then": NOW - timedelta(days=9)},
        )
        for number in range(3):
            attempt = Attempt(Outcome.FAILED, "connection refused", NOW)
            row = AttemptRow("m", "desk", number + 1, attempt.outcome, attempt.detail, "pending", None, ())
            record_attempt(warehouse, NOW, row)
    found = {}

    async def look() -> None:
        async with open_run(watch.desk.settings, "digest") as run:
            found.update({trouble.trouble: trouble for trouble in find_troubles(run, NOW, "digest")})

    asyncio.run(look())
    assert set(found) == {"late", "disk", "destination:desk", "feed:post"}
    assert ": silent: nothing new for 9 days" in found["feed:post"].words
    assert "stancewatch feeds check post" in found["feed:post"].advice
    assert found["destination:desk"].words.startswith("3 attempts have failed at destination desk since ")
    assert "MiB of disk are free at" in found["disk"].words


def test_who_never_saw_a_good_run_is_told_so(watch: Watch) -> None:
    file = watch.desk.home / "config" / "operator.yml"
    file.write_text(yaml.safe_dump({"url": mail_url(watch.mail)}), encoding="utf-8")
    watch.fail(NOW, flow="lookout", failure="")
    assert watch.look(NOW + 2 * HOUR) == []
    (subject,) = watch.look(NOW + 3 * HOUR)
    assert subject == "Trouble: no run succeeds"


def test_a_warehouse_that_cannot_be_opened_is_told_past_it_once_and_then_that_it_is_over(watch: Watch) -> None:
    path = watch.desk.settings.places.warehouse
    path.write_text("no database")
    for _ in range(3):
        with pytest.raises(WarehouseError):
            watch.look(NOW)
    (message,) = watch.mail.messages
    assert str(message["Subject"]) == "Trouble: the warehouse cannot be opened"
    path.unlink()
    (subject,) = watch.look(NOW + HOUR)
    assert subject == "Over: the warehouse cannot be opened"
    assert watch.look(NOW + 2 * HOUR) == []
    assert not (watch.desk.settings.places.home / "operator-told.json").exists()


def test_a_message_that_was_not_taken_is_tried_again(watch: Watch) -> None:
    watch.fail(NOW)
    file = watch.desk.home / "config" / "operator.yml"
    right = file.read_text("utf-8")
    file.write_text(yaml.safe_dump({"url": "mailto://127.0.0.1:9?from=a@example.org&to=b@example.org"}), "utf-8")
    assert watch.look(NOW + HOUR) == []
    assert watch.desk.query("SELECT status, attempts FROM messages") == [("pending", 1)]
    file.write_text(right, "utf-8")
    with Warehouse.open(watch.desk.settings.places.warehouse) as warehouse:
        warehouse._connection.execute("UPDATE store.messages SET next_attempt_at = NULL")
    assert len(watch.look(NOW + 2 * HOUR)) == 1


def test_the_route_can_be_tried_and_is_no_destination(watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in watch.desk.environment.items():
        monkeypatch.setenv(name, value)
    assert send_tests(["operator"], 0.0) == 0
    assert "destination operator works" in str(watch.mail.messages[0]["Subject"])
    watch.desk.config["destinations"]["operator"] = {"url": "json://localhost"}
    with pytest.raises(ConfigError, match="a destination is named 'operator'"):
        watch.desk.settings  # noqa: B018 - it is read anew


def test_nobody_is_told_where_no_route_is_named(tmp_path: Path) -> None:
    desk = Desk(tmp_path, {})
    with MailSink() as mail:
        quiet = Watch(desk, mail, mail)
        quiet.fail(NOW)
        assert quiet.look(NOW + HOUR) == []
    assert desk.query("SELECT trouble, told_at FROM troubles") == [("runs:monitor", None)]
    assert desk.query("SELECT count(*) FROM messages") == [(0,)]


STEADY = [Week(1000, 700), Week(900, 640), Week(1100, 765), Week(1000, 690), Week(950, 670)]


@pytest.mark.parametrize(
    ("last", "earlier", "is_found"),
    [
        (Week(1000, 705), STEADY, False),
        (Week(1000, 880), STEADY, True),
        (Week(1000, 520), STEADY, True),
        (Week(40, 40), STEADY, False),
        (Week(1000, 880), STEADY[:3], False),
        (Week(1000, 880), [Week(1000, 500), Week(1000, 900), Week(1000, 600), Week(1000, 850)], False),
        (Week(100_000, 73_000), [Week(100_000, 70_000)] * 5, False),
        (Week(1000, 1000), [Week(1000, 1000)] * 5, False),
    ],
)
def test_a_share_has_drifted_only_beyond_what_weeks_differ(last: Week, earlier: list[Week], *, is_found: bool) -> None:
    assert (find_drift(last, earlier, 4.0) is not None) is is_found


def test_the_shipped_file_tells_nobody() -> None:
    settings = load_settings({})
    assert settings.operator.url == ""
