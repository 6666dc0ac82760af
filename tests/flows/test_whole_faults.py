"""Servers that fail, run after run until all is settled: nothing is lost, what may have arrived is repeated, marked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from flows.sinks import MailFault, MailSink, WebhookReply, WebhookSink
from tests.depth import spread
from tests.flows.desk import Desk, mail_url, subjects
from tests.flows.test_dispatch import WEDNESDAY, news

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

MARK = " (may be a repeat)"
NO = '{"ok": false, "error": "internal_error"}'
TOKENS = "slack://TQ1JJ3T3L/BQ1BRTD4J/TIiajkdnlazkcOXrIdevi7"
NEWS = 3


def run_until_settled(at_desk: Desk) -> list[str]:
    """Deliver every few hours for some days; returns how the messages stand."""
    at_desk.config["delivery"] = {"first_pause_minutes": 1, "longest_pause_minutes": 10}
    at_desk.read(WEDNESDAY, *(news(number, WEDNESDAY) for number in range(NEWS)))
    now = datetime.now(UTC)
    for hour in range(0, 72, 6):
        at_desk.deliver(now + timedelta(hours=hour))
    return [status for (status,) in at_desk.query("SELECT status FROM alerts ORDER BY ALL")]


RULE = {"name": "all", "destinations": ["desk"]}


@pytest.mark.parametrize(
    ("faults", "repeats"),
    spread(
        [
            ([MailFault.TRY_LATER] * 4, 0),
            ([MailFault.DROP] * 3, 0),
            ([MailFault.TAKE_AND_DROP], 1),
            ([MailFault.TAKE_AND_DROP, MailFault.NONE, MailFault.TAKE_AND_DROP], 2),
            ([MailFault.DROP, MailFault.TAKE_AND_DROP, MailFault.TRY_LATER, MailFault.TRY_LATER], 1),
        ],
        3,
    ),
)
def test_mail_servers_that_fail(tmp_path: Path, faults: Sequence[MailFault], repeats: int) -> None:
    with MailSink(faults=faults) as sink:
        at_desk = Desk(tmp_path, {"destinations": {"desk": {"url": mail_url(sink)}}, "rules": [RULE]})
        states = run_until_settled(at_desk)
    assert states == ["sent"] * NEWS
    account(subjects(sink), repeats)


@pytest.mark.parametrize(
    ("replies", "repeats"),
    spread(
        [
            ([WebhookReply(503, "down")] * 4, 0),
            ([WebhookReply(429, "slow", retry_after="3600")], 0),
            ([WebhookReply(200, NO)] * 2, 0),
            ([WebhookReply(is_dropped=True)], 1),
            ([WebhookReply(504, "a gateway gave up")], 1),
            ([WebhookReply(200, "<html>a proxy's page</html>")], 1),
        ],
        3,
    ),
)
def test_webhooks_that_fail(tmp_path: Path, replies: Sequence[WebhookReply], repeats: int) -> None:
    with WebhookSink(replies=replies) as sink:
        destination = {"url": TOKENS, "endpoint": sink.url}
        at_desk = Desk(tmp_path, {"destinations": {"desk": destination}, "rules": [RULE]})
        states = run_until_settled(at_desk)
        taken = [post for post in sink.received if post.is_taken]
    assert states == ["sent"] * NEWS
    told = [str(post.content["text"]) for post in taken]
    assert sum("ay be a repeat" in text for text in told) == repeats
    keys = [post.header("x-stancewatch-alert") for post in taken]
    assert len(set(keys)) == NEWS
    assert NEWS <= len(keys) <= NEWS + repeats


def test_one_of_several_recipients_is_tried_again_alone(tmp_path: Path) -> None:
    with MailSink(refused=(("later@example.org", 451),)) as sink:
        url = mail_url(sink, "desk@example.org,later@example.org")
        at_desk = Desk(tmp_path, {"destinations": {"desk": {"url": url}}, "rules": [RULE]})
        at_desk.read(WEDNESDAY, news(1, WEDNESDAY))
        at_desk.deliver(datetime.now(UTC))
        sink.refused = ()
        at_desk.deliver(datetime.now(UTC) + timedelta(hours=1))
    assert [mail.recipients for mail in sink.received] == [("desk@example.org",), ("later@example.org",)]
    assert not any(subject.endswith(MARK) for subject in subjects(sink))
    assert at_desk.query("SELECT status FROM alerts") == [("sent",)]


def account(told: Sequence[str], repeats: int) -> None:
    """Each alert once, and so many of them once more with the mark."""
    plain = [subject for subject in told if not subject.endswith(MARK)]
    marked = [subject.removesuffix(MARK) for subject in told if subject.endswith(MARK)]
    assert len(plain) == len(set(plain)) == NEWS
    assert len(marked) == len(set(marked)) == repeats
    assert set(marked) <= set(plain)
