"""What goes out when: rules, quiet hours, mutes, limits, digests and signs of life, into a real mail server."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from extractors.records import ActorType, Speaker
from flows.doctor_outbox import examine_outbox
from flows.sinks import MailFault, MailSink
from flows.summary import summarise
from tests.flows.desk import Desk, mail_url, subjects
from tests.warehouse.timeline import PEAKE, TARN, Page, Said, words
from warehouse.database import Warehouse
from warehouse.published import publish
from warehouse.runs import begin_run, finish_run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WEDNESDAY = datetime(2026, 6, 3, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def sink() -> Iterator[MailSink]:
    with MailSink() as sink:
        yield sink


def desk(home: Path, sink: MailSink, rule: dict[str, Any] | None = None, **destination: Any) -> Desk:
    """One rule for every kind of news, and one destination."""
    rules = [{"name": "all", "destinations": ["desk"], "kinds": ["first", "shift", "theme"]} | (rule or {})]
    return Desk(home, {"destinations": {"desk": {"url": mail_url(sink)} | destination}, "rules": rules})


def news(number: int, now: datetime, stance: str = "local", speaker: Speaker | None = None) -> Page:
    """A page of its own on which somebody (of its own) takes a side."""
    somebody = speaker or Speaker(f"{'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[number]}nna Vale", "chair", "", ActorType.OTHER)
    return Page(f"page-{number}", (Said(somebody, stance, words(number)),), now - HOUR, now)


def states(at_desk: Desk) -> list[tuple[str, str]]:
    return at_desk.query("SELECT status, hold_reason FROM alerts ORDER BY created_at, alert_id")


def test_an_alert_goes_out_once(tmp_path: Path, sink: MailSink) -> None:
    at_desk = desk(tmp_path, sink)
    at_desk.read(WEDNESDAY, news(1, WEDNESDAY))
    for hour in range(3):
        at_desk.deliver(WEDNESDAY + hour * HOUR)
    assert subjects(sink) == ["New stance: Bnna Vale takes the local side"]
    assert states(at_desk) == [("sent", "")]


def test_quiet_hours_and_days_hold_and_never_drop(tmp_path: Path, sink: MailSink) -> None:
    at_desk = desk(tmp_path, sink, quiet_hours=["19:00-07:00"], quiet_days=["thursday"])
    evening = WEDNESDAY.replace(hour=19)
    at_desk.read(evening, news(1, evening))
    assert summarise(at_desk.deliver(evening)) == "1 waits for its destination's hour"
    assert states(at_desk) == [("held", "quiet hours until 07:00")]
    at_desk.deliver(WEDNESDAY + DAY)
    assert states(at_desk) == [("held", "quiet day (thursday)")]
    assert subjects(sink) == []
    at_desk.deliver(WEDNESDAY + 2 * DAY)
    assert len(subjects(sink)) == 1
    assert states(at_desk) == [("sent", "")]


def test_a_failed_mail_is_not_tried_again_in_quiet_hours(tmp_path: Path, sink: MailSink) -> None:
    sink.faults.append(MailFault.TRY_LATER)
    at_desk = desk(tmp_path, sink, quiet_hours=["19:00-07:00"])
    at_desk.read(WEDNESDAY, news(1, WEDNESDAY))
    done = at_desk.deliver(WEDNESDAY.replace(hour=17))
    assert summarise(done) == "1 delivery failed, 1 waits for another attempt"
    assert at_desk.query("SELECT status, attempts FROM messages") == [("pending", 1)]
    at_desk.query("UPDATE store.messages SET next_attempt_at = NULL")
    at_desk.deliver(WEDNESDAY.replace(hour=22))
    assert at_desk.query("SELECT attempts FROM messages") == [(1,)]
    at_desk.deliver(WEDNESDAY + DAY)
    assert len(subjects(sink)) == 1


def test_mutes_of_rules_and_destinations_hold_until_their_day(tmp_path: Path, sink: MailSink) -> None:
    at_desk = desk(tmp_path, sink, {"mute_until": "2026-06-05"}, mute_until="2026-06-04")
    at_desk.read(WEDNESDAY, news(1, WEDNESDAY))
    at_desk.deliver(WEDNESDAY)
    assert states(at_desk) == [("held", "muted until 2026-06-04 00:00")]
    at_desk.deliver(WEDNESDAY + DAY)
    assert states(at_desk) == [("held", "rule muted until 2026-06-05 00:00")]
    at_desk.deliver(WEDNESDAY + 2 * DAY)
    assert states(at_desk) == [("sent", "")]


def test_an_actor_who_was_told_of_goes_into_the_daily_digest_for_a_while(tmp_path: Path, sink: MailSink) -> None:
    at_desk = desk(tmp_path, sink, {"cool_down_hours": 24})
    at_desk.read(WEDNESDAY, news(1, WEDNESDAY, "local", PEAKE), news(2, WEDNESDAY, "local", TARN))
    later = WEDNESDAY + 5 * HOUR
    at_desk.read(later, news(3, later, "central", PEAKE))
    assert summarise(at_desk.deliver(later)) == "2 delivered, 1 waits for the daily digest"
    assert len(subjects(sink)) == 2
    assert [status for status, _ in states(at_desk)] == ["sent", "sent", "held"]
    next_day = WEDNESDAY + DAY + HOUR
    at_desk.read(next_day, news(4, next_day, "balanced", PEAKE))
    at_desk.deliver(next_day)
    assert len(subjects(sink)) == 4
    assert any(subject.startswith("Stancewatch digest") for subject in subjects(sink))
    assert {status for status, _ in states(at_desk)} == {"sent"}


def test_too_many_for_one_run_come_as_one_list(tmp_path: Path, sink: MailSink) -> None:
    at_desk = desk(tmp_path, sink)
    at_desk.config["delivery"] = {"most_alerts_per_run": 3}
    at_desk.read(WEDNESDAY, *(news(number, WEDNESDAY) for number in range(4)))
    at_desk.deliver(WEDNESDAY)
    (subject,) = subjects(sink)
    assert "4 new stances" in subject
    assert at_desk.query("SELECT kind, alerts, status FROM messages") == [("summary", 4, "sent")]
    at_desk.read(WEDNESDAY + HOUR, news(5, WEDNESDAY + HOUR))
    at_desk.deliver(WEDNESDAY + HOUR)
    assert len(subjects(sink)) == 2


def test_a_destination_takes_so_many_an_hour_and_the_rest_later(tmp_path: Path, sink: MailSink) -> None:
    at_desk = desk(tmp_path, sink, most_per_hour=2)
    at_desk.read(WEDNESDAY, *(news(number, WEDNESDAY) for number in range(5)))
    sent = []
    for step in range(5):
        at_desk.deliver(WEDNESDAY + step * timedelta(minutes=40))
        sent.append(len(sink.messages))
    assert sent == [2, 2, 4, 4, 5]
    assert {reason for _, reason in states(at_desk)} == {""}


@pytest.mark.parametrize(
    ("timing", "first", "second"),
    [("hourly", HOUR, 2 * HOUR), ("daily", DAY, 2 * DAY), ("weekly", 7 * DAY, 14 * DAY)],
)
def test_a_digest_goes_out_once_a_period(
    tmp_path: Path, sink: MailSink, timing: str, first: timedelta, second: timedelta
) -> None:
    at_desk = desk(tmp_path, sink, {"timing": timing})
    at_desk.read(WEDNESDAY, news(1, WEDNESDAY))
    at_desk.deliver(WEDNESDAY)
    assert states(at_desk) == [("held", f"{timing} digest")]
    for _ in range(2):
        at_desk.deliver(WEDNESDAY + first)
    assert len(subjects(sink)) == 1
    at_desk.read(WEDNESDAY + first, news(2, WEDNESDAY + first), news(3, WEDNESDAY + first))
    for _ in range(2):
        at_desk.deliver(WEDNESDAY + second)
    assert len(subjects(sink)) == 2
    windows = at_desk.query("SELECT window_start, window_end, alerts FROM messages ORDER BY window_end")
    assert windows[0][1] == windows[1][0]
    assert [alerts for *_, alerts in windows] == [1, 2]
    at_desk.deliver(WEDNESDAY + 3 * second)
    assert len(subjects(sink)) == 2


def test_a_digest_that_fails_is_tried_again_by_itself(tmp_path: Path, sink: MailSink) -> None:
    sink.faults.append(MailFault.TRY_LATER)
    at_desk = desk(tmp_path, sink, {"timing": "hourly"})
    at_desk.read(WEDNESDAY, news(1, WEDNESDAY))
    at_desk.deliver(WEDNESDAY + HOUR)
    assert states(at_desk) == [("pending", "")]
    at_desk.deliver(datetime.now(UTC) + HOUR)
    assert len(subjects(sink)) == 1


def test_what_is_not_sure_enough_waits_for_an_analyst(tmp_path: Path, sink: MailSink) -> None:
    at_desk = desk(tmp_path, sink, {"review_below": 0.95, "minimum_confidence": 0.6})
    at_desk.read(WEDNESDAY, news(1, WEDNESDAY))
    assert summarise(at_desk.deliver(WEDNESDAY)) == "1 waits for review"
    assert states(at_desk) == [("review", "not sure enough to go out unseen")]
    assert subjects(sink) == []


def test_a_sign_of_life_a_day(tmp_path: Path, sink: MailSink) -> None:
    at_desk = desk(tmp_path, sink, heartbeat_at="08:00")
    at_desk.config["rules"] = []
    at_desk.deliver(WEDNESDAY - 3 * HOUR)
    at_desk.read(WEDNESDAY, news(1, WEDNESDAY))
    for hour in range(0, 48, 5):
        at_desk.deliver(WEDNESDAY + hour * HOUR)
    assert [subject.partition(":")[0] for subject in subjects(sink)] == ["All is well", "All is well"]
    assert "1 article" in subjects(sink)[0]
    assert "1 new stance" in subjects(sink)[0]
    assert "0 articles" in subjects(sink)[1]


def test_a_sign_of_life_tells_of_failed_flows_and_not_of_commands(tmp_path: Path, sink: MailSink) -> None:
    at_desk = desk(tmp_path, sink, heartbeat_at="08:00")
    at_desk.config["rules"] = []
    at_desk.deliver(WEDNESDAY - 3 * HOUR)
    with Warehouse.open(at_desk.settings.places.warehouse) as warehouse:
        for number, flow in enumerate(("monitor", "relabel", "actors")):
            begin_run(warehouse, f"r{number}", flow, WEDNESDAY - HOUR)
            finish_run(warehouse, f"r{number}", WEDNESDAY - HOUR, Counter(), "the disk is full")
    at_desk.deliver(WEDNESDAY + DAY)
    assert "1 run failed or was killed" in sink.messages[0].get_body(("plain",)).get_content()  # type: ignore[union-attr]  # it has one


def test_dead_letters_are_told_by_the_other_destinations(tmp_path: Path, sink: MailSink) -> None:
    with MailSink(faults=[MailFault.REFUSE]) as broken:
        at_desk = desk(tmp_path, sink, {"destinations": ["desk", "team"]}, heartbeat_at="08:00")
        at_desk.config["destinations"]["team"] = {"url": mail_url(broken)}
        at_desk.read(WEDNESDAY, news(1, WEDNESDAY))
        counts = at_desk.deliver(WEDNESDAY)
        at_desk.deliver(WEDNESDAY + DAY)
    assert (counts["deliveries_sent"], counts["deliveries_dead"]) == (1, 1)
    assert subjects(sink)[1].startswith("Not all is well")
    assert "550" in sink.messages[1].get_body(("plain",)).get_content()  # type: ignore[union-attr]  # it has one


def doctor(at_desk: Desk) -> dict[str, tuple[bool, str]]:
    """What it says of deliveries, waiting alerts and runs."""
    found = examine_outbox(at_desk.settings.places.warehouse)
    return {finding.what: (finding.is_ok, finding.words) for finding in found}


def test_doctor_tells_of_destinations_that_are_down_and_of_failed_runs(tmp_path: Path, sink: MailSink) -> None:
    with MailSink(faults=[MailFault.REFUSE]) as broken:
        at_desk = desk(tmp_path, sink, {"destinations": ["team"]})
        at_desk.config["destinations"]["team"] = {"url": mail_url(broken)}
        at_desk.read(WEDNESDAY, news(1, WEDNESDAY))
        assert doctor(at_desk)["deliveries"] == (True, "no destination is behind")
        at_desk.deliver(WEDNESDAY)
    is_ok, told = doctor(at_desk)["deliveries"]
    assert not is_ok
    assert told.startswith("destination team: 1 message given up (")
    assert doctor(at_desk)["runs of the last day"] == (True, "none failed")
    now = datetime.now(UTC)
    with Warehouse.open(at_desk.settings.places.warehouse) as warehouse:
        begin_run(warehouse, "broken", "digest", now - HOUR)
        finish_run(warehouse, "broken", now - HOUR, Counter(), "the disk is full")
        begin_run(warehouse, "killed", "monitor", now)
        publish(warehouse)
        is_ok, told = doctor(at_desk)["runs of the last day"]  # of the published file, which shows a run at work
    assert (is_ok, told.partition(" of ")[0]) == (False, "1 failed or was killed: digest")
    is_ok, told = doctor(at_desk)["runs of the last day"]
    assert (is_ok, told.partition(" of ")[0]) == (False, "2 failed or were killed: monitor")


def test_doctor_says_what_alerts_wait_for(tmp_path: Path, sink: MailSink) -> None:
    at_desk = desk(tmp_path, sink, quiet_hours=["19:00-07:00"])
    evening = WEDNESDAY.replace(hour=19)
    assert doctor(at_desk)["alerts waiting"] == (True, "none")
    at_desk.read(evening, news(1, evening), news(2, evening))
    assert doctor(at_desk)["alerts waiting"] == (True, "2: 2 for the next run, to desk")
    at_desk.deliver(evening)
    assert doctor(at_desk)["alerts waiting"] == (True, "2: 2 held: quiet hours until 07:00, to desk")


def test_a_destination_that_is_gone_from_the_file_ends_as_a_dead_letter(tmp_path: Path, sink: MailSink) -> None:
    at_desk = desk(tmp_path, sink)
    at_desk.config["delivery"] = {"attempts": 2, "first_pause_minutes": 1}
    at_desk.read(WEDNESDAY, news(1, WEDNESDAY))
    at_desk.config |= {"destinations": {}, "rules": []}
    for day in range(3):
        at_desk.deliver(datetime.now(UTC) + day * DAY)
    assert states(at_desk) == [("dead", "")]
    assert subjects(sink) == []


def test_a_recipient_who_is_refused_for_good_is_told_of(tmp_path: Path, sink: MailSink) -> None:
    sink.refused = (("gone@example.org", 550),)
    at_desk = desk(tmp_path, sink, url=mail_url(sink, "desk@example.org,gone@example.org"), heartbeat_at="08:00")
    at_desk.read(WEDNESDAY, news(1, WEDNESDAY))
    at_desk.deliver(WEDNESDAY)
    assert at_desk.query("SELECT outcome FROM deliveries ORDER BY 1") == [("refused",), ("sent",)]
    at_desk.deliver(datetime.now(UTC) + DAY)
    assert subjects(sink)[1].startswith("Not all is well")
    assert "1 recipient refused for good" in sink.messages[1].get_body(("plain",)).get_content()  # type: ignore[union-attr]  # it has one


def test_a_broken_template_is_told_of_once_a_run(
    tmp_path: Path, sink: MailSink, caplog: pytest.LogCaptureFixture
) -> None:
    at_desk = desk(tmp_path, sink, {"destinations": ["desk", "team"]})
    at_desk.config["destinations"]["team"] = {"url": mail_url(sink, "team@example.org")}
    at_desk.read(WEDNESDAY, news(1, WEDNESDAY))
    (tmp_path / "config" / "templates").mkdir()
    (tmp_path / "config" / "templates" / "alert.txt.j2").write_text("{{ view.nmae }}", encoding="utf-8")
    with caplog.at_level("WARNING", "stancewatch"):
        at_desk.deliver(WEDNESDAY)
    assert len(subjects(sink)) == 2
    assert [record.getMessage().count("there is no value 'nmae' there") for record in caplog.records] == [1]
