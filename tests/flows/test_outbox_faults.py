"""What goes wrong with one message, one destination or the run itself costs nothing else, and is recorded."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import duckdb
import pytest

from flows.sinks import MailFault, MailSink, WebhookReply, WebhookSink
from tests.flows.desk import Desk, mail_url, subjects
from tests.warehouse.timeline import PEAKE, TARN, UNION, Page, Said, words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOW = datetime(2026, 6, 3, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)
RECIPIENTS = "a@example.org,b@example.org"


@pytest.fixture
def sink() -> Iterator[MailSink]:
    with MailSink() as sink:
        yield sink


def desk(home: Path, **urls: str) -> Desk:
    """Every new side goes to all destinations at once."""
    rule = {"name": "all", "kinds": ["first"], "destinations": list(urls)}
    return Desk(home, {"destinations": {name: {"url": url} for name, url in urls.items()}, "rules": [rule]})


def news(at_desk: Desk, number: int = 1) -> None:
    people = (PEAKE, TARN, UNION)[:number]
    pages = [Page(f"p{i}", (Said(who, "local", words(i)),), NOW - HOUR, NOW) for i, who in enumerate(people, start=1)]
    at_desk.read(NOW, *pages)


def later(at_desk: Desk, number: int) -> None:
    """The next attempts, each when it is due by the clock on the wall."""
    for day in range(1, number + 1):
        at_desk.deliver(datetime.now(UTC) + timedelta(days=day))


@pytest.mark.parametrize("fault", [MailFault.TRY_LATER, MailFault.DROP, MailFault.TAKE_AND_DROP])
def test_who_has_a_mail_does_not_get_it_again_when_the_attempt_for_the_others_fails(
    tmp_path: Path, sink: MailSink, fault: MailFault
) -> None:
    at_desk = desk(tmp_path, desk=mail_url(sink, RECIPIENTS))
    news(at_desk)
    sink.refused = (("b@example.org", 450),)
    at_desk.deliver(NOW)
    sink.refused, sink.faults = (), type(sink.faults)([fault])
    later(at_desk, 3)
    got = [recipients for mail in sink.received for recipients in mail.recipients]
    assert got.count("a@example.org") == 1
    assert got.count("b@example.org") == (2 if fault is MailFault.TAKE_AND_DROP else 1)
    assert [subject.endswith("(may be a repeat)") for subject in subjects(sink)][2:] in ([], [True])
    assert at_desk.query("SELECT status FROM messages") == [("sent",)]


def test_nor_when_every_recipient_left_is_refused_or_the_server_is_gone(tmp_path: Path, sink: MailSink) -> None:
    at_desk = desk(tmp_path, desk=mail_url(sink, RECIPIENTS))
    news(at_desk)
    sink.refused = (("b@example.org", 450),)
    at_desk.deliver(NOW)
    later(at_desk, 1)  # b is refused once more
    at_desk.config["destinations"]["desk"]["url"] = mail_url(sink, RECIPIENTS).replace("127.0.0.1", "no.such.invalid")
    at_desk.deliver(datetime.now(UTC) + timedelta(days=2))
    sink.refused = ()
    at_desk.config["destinations"]["desk"]["url"] = mail_url(sink, RECIPIENTS)
    at_desk.deliver(datetime.now(UTC) + timedelta(days=3))
    assert [mail.recipients for mail in sink.received] == [("a@example.org",), ("b@example.org",)]
    assert not [subject for subject in subjects(sink) if "repeat" in subject]


def test_a_message_that_cannot_be_composed_costs_no_other(tmp_path: Path, sink: MailSink) -> None:
    at_desk = desk(tmp_path, desk=mail_url(sink))
    at_desk.config["delivery"] = {"attempts": 2}
    news(at_desk, 3)
    broken = spoil_first(at_desk)
    at_desk.deliver(NOW)
    assert len(subjects(sink)) == 2
    assert at_desk.query("SELECT status, attempts FROM messages WHERE status <> 'sent'") == [("pending", 1)]
    later(at_desk, 1)
    assert at_desk.query("SELECT message_id FROM messages WHERE status = 'dead'") == [(broken,)]
    told = at_desk.query("SELECT DISTINCT alert_id, outcome, detail FROM deliveries WHERE outcome <> 'sent'")
    words = "our own error, please report it: ValueError: 'nowhere' is not a valid Stance"
    assert told == [(broken, "failed", words)]


def spoil_first(at_desk: Desk) -> str:
    """Have the words of one event say what no program of ours wrote; returns the message that is to carry it."""
    at_desk.query(
        "UPDATE store.events SET stance = 'nowhere' WHERE event_id = (SELECT min(event_id) FROM store.alerts)"
    )
    ((alert,),) = at_desk.query(
        "SELECT alert_id FROM alerts JOIN store.events USING (event_id) WHERE stance = 'nowhere'"
    )
    return str(alert)


def test_what_breaks_one_destination_off_leaves_the_others_their_outcomes(tmp_path: Path, sink: MailSink) -> None:
    sink.faults.append(MailFault.TRY_LATER)
    with WebhookSink(replies=[WebhookReply(503), WebhookReply(delay_seconds=1)]) as hook:
        at_desk = desk(tmp_path, desk=mail_url(sink), team=f"json://127.0.0.1:{hook.port}/hook")
        news(at_desk)
        at_desk.deliver(NOW)
        at_desk.query("UPDATE store.messages SET attempts = 2147483647 WHERE destination = 'desk'")  # the column's last
        with pytest.raises(duckdb.ConversionException):
            later(at_desk, 1)
    assert at_desk.query("SELECT status FROM messages WHERE destination = 'team'") == [("sent",)]
    assert at_desk.query("SELECT outcome FROM deliveries WHERE destination = 'team' ORDER BY attempt") == [
        ("failed",),
        ("sent",),
    ]
    assert at_desk.query("SELECT status FROM messages WHERE destination = 'desk'") == [("sending",)]  # it was taken
