"""From owed to delivered: what was interrupted is sent once more and marked, never a third time; nothing is lost."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from extractors.records import ActorType, Stance, Theme
from tests.warehouse.outgoing import due, finish
from tests.warehouse.timeline import AUTONOMY, PEAKE, Said, Timeline, at, page, rule, words
from warehouse.outbox import (
    AttemptRow,
    CarriedAlert,
    PastPosition,
    count_alerts,
    feed_notes,
    mark_sending,
    record_attempt,
    revive_alerts,
    select_carried_alerts,
    select_dead_letters,
    select_histories,
)


@pytest.fixture
def owing(timeline: Timeline) -> Timeline:
    """One alert owed to the desk at once, one to the team in its digest."""
    themes = (*AUTONOMY, Theme.FINANCE)
    timeline.read(page("old", 1, Said(PEAKE, "central", words(1)), publisher="Hill Gazette"))
    timeline.store(page("a", 2, Said(PEAKE, "local", words(2), themes), opening="It rained. " * 60))
    timeline.analyse()
    timeline.detect(rule(), rule(destination="team", timing="daily"), now=at(3))
    return timeline


def status(timeline: Timeline) -> tuple[Any, ...]:
    (row,) = timeline.query("SELECT status, attempts, is_repeat FROM store.messages")
    return row


def test_an_alert_has_the_themes_by_which_its_rule_chose_it(timeline: Timeline) -> None:
    sure = Said(PEAKE, "local", words(1))
    other = Said(PEAKE, "local", words(2), (*AUTONOMY, Theme.FINANCE), confidence=0.7)
    timeline.store(page("a", 2, sure, other))
    timeline.analyse()
    timeline.detect(rule(themes=("finance",)), now=at(3))
    (message,) = due(timeline, 3)
    (alert,) = select_carried_alerts(timeline.warehouse, [message.message_id])
    assert (alert.quote, alert.themes) == (words(1), (*AUTONOMY, Theme.FINANCE))


def test_an_owed_alert_has_all_that_a_message_needs(owing: Timeline) -> None:
    (message,) = due(owing, 3)
    assert (message.kind, message.destination, message.attempts, message.is_repeat) == ("alert", "desk", 0, False)
    (alert,) = select_carried_alerts(owing.warehouse, [message.message_id])
    assert alert == CarriedAlert(
        message_id=alert.alert_id,
        alert_id=alert.alert_id,
        actor_id=alert.actor_id,
        event_kind="shift",
        person="Rosalind Peake",
        role="chair",
        organisation="Valley Hospitals Group",
        actor_type=ActorType.LOCAL_NHS,
        stance=Stance.LOCAL,
        stance_score=0.8,
        confidence=0.9,
        quote=words(2),
        before_quote=owing.pages["a"].text.partition(words(2))[0][-400:],
        after_quote="” said Rosalind Peake.",
        evidence_start=0,
        evidence_end=3,
        themes=(Theme.AUTONOMY_CONTROL, Theme.FINANCE),
        new_themes=(),
        article_title="Title of a",
        url="https://post.example/a",
        publisher="Valley Post",
        published_at=at(2),
        outlets=("Valley Post",),
        detected_at=at(3),
        statement_id=alert.statement_id,
        is_corrected=False,
        is_given=False,
        is_reported=False,
        previous_stance=Stance.CENTRAL,
        previous_at=at(1),
        previous_quote=words(1),
        previous_publisher="Hill Gazette",
        previous_url="https://post.example/old",
    )
    assert isinstance(alert.published_at, datetime)
    assert len(alert.before_quote) == 400
    assert select_histories(owing.warehouse, [alert.actor_id]) == [
        PastPosition(alert.actor_id, at(1), Stance.CENTRAL),
        PastPosition(alert.actor_id, at(2), Stance.LOCAL),
    ]


def test_words_before_a_quotation_near_the_top(timeline: Timeline) -> None:
    timeline.store(page("a", 2, Said(PEAKE, "local", words(2)), opening="Rain."))
    timeline.analyse()
    timeline.detect(rule())
    (alert,) = select_carried_alerts(timeline.warehouse, [due(timeline, 90)[0].message_id])
    assert alert.before_quote == "Rain.\n\n“"
    assert (alert.previous_stance, alert.previous_at, alert.previous_quote) == (None, None, None)


def test_sent_is_never_due_again(owing: Timeline) -> None:
    (message,) = due(owing, 3)
    finish(owing, message, "sent", "sent")
    assert due(owing, 90) == []
    assert status(owing) == ("sent", 1, False)
    assert owing.query("SELECT status FROM alerts WHERE destination = 'desk'") == [("sent",)]
    assert owing.query('SELECT alert_id, destination, attempt, outcome, "at", detail FROM deliveries') == [
        (message.message_id, "desk", 1, "sent", at(3), "it was sent")
    ]


def test_interrupted_once_is_due_once_more_and_marked(owing: Timeline) -> None:
    (message,) = due(owing, 3)
    mark_sending(owing.warehouse, message.message_id)
    (again,) = due(owing, 3)
    assert (again.message_id, again.attempts, again.is_repeat) == (message.message_id, 0, True)
    finish(owing, again, "sent", "sent")
    assert due(owing, 90) == []
    assert status(owing) == ("sent", 1, True)


def test_interrupted_twice_is_unknown_and_never_sent_a_third_time(owing: Timeline) -> None:
    for _ in range(2):
        (message,) = due(owing, 3)
        mark_sending(owing.warehouse, message.message_id)
    assert due(owing, 90) == []
    assert status(owing) == ("unknown", 0, True)
    assert due(owing, 90) == []


def test_unconfirmed_is_due_once_more_at_its_time_and_marked(owing: Timeline) -> None:
    (message,) = due(owing, 3)
    finish(owing, message, "unknown", "unknown", next_attempt_at=at(5))
    assert due(owing, 4) == []
    (again,) = due(owing, 5)
    assert again.is_repeat
    finish(owing, again, "unknown", "unknown", next_attempt_at=at(6))
    assert due(owing, 90) == []
    assert status(owing)[0] == "unknown"


def test_what_may_have_arrived_stays_marked_though_the_next_attempt_never_left(owing: Timeline) -> None:
    (message,) = due(owing, 3)
    mark_sending(owing.warehouse, message.message_id)
    (again,) = due(owing, 3)
    row = AttemptRow(again.message_id, "desk", 1, "failed", "refused", "pending", None, (), again.is_repeat)
    record_attempt(owing.warehouse, at(3), row)
    (third,) = due(owing, 3)
    assert third.is_repeat
    finish(owing, third, "sent", "sent")
    assert due(owing, 90) == []


def test_failed_is_due_later_for_those_who_did_not_get_it(owing: Timeline) -> None:
    (message,) = due(owing, 3)
    finish(owing, message, "failed", "pending", next_attempt_at=at(5), recipients=("b@example.org",))
    assert due(owing, 4) == []
    (again,) = due(owing, 5)
    assert (again.attempts, again.is_repeat, again.recipients) == (1, False, ("b@example.org",))


def test_dead_stays_visible_until_it_is_revived(owing: Timeline) -> None:
    (message,) = due(owing, 3)
    finish(owing, message, "dead", "dead")
    assert due(owing, 90) == []
    assert owing.query("SELECT status FROM alerts WHERE destination = 'desk'") == [("dead",)]
    (letters,) = select_dead_letters(owing.warehouse, at(3))
    assert (letters.destination, letters.dead, letters.failing, letters.detail) == ("desk", 1, 0, "it was dead")
    revive_alerts(owing.warehouse)
    (again,) = due(owing, 3)
    assert (again.message_id, again.attempts) == (message.message_id, 0)


def test_reviving_does_not_send_anew_what_was_sent_or_is_held(owing: Timeline) -> None:
    (message,) = due(owing, 3)
    finish(owing, message, "sent", "sent")
    revive_alerts(owing.warehouse)
    assert due(owing, 90) == []
    assert owing.query("SELECT status, hold_reason FROM alerts WHERE destination = 'team'") == [
        ("held", "daily digest")
    ]


def test_a_destination_that_asks_for_a_pause_is_left_alone_with_everything(owing: Timeline) -> None:
    owing.store(page("b", 5, Said(PEAKE, "balanced", words(3))))
    owing.analyse()
    owing.detect(rule(), now=at(5))
    first, second = due(owing, 5)
    finish(owing, first, "failed", "pending", next_attempt_at=at(7), is_asked_to_wait=True)
    assert due(owing, 6) == []
    assert {message.message_id for message in due(owing, 7)} == {first.message_id, second.message_id}


def test_alerts_are_counted_by_kind_and_window(owing: Timeline) -> None:
    assert count_alerts(owing.warehouse, "team", "daily", (at(1), at(4))) == (("shift", 1),)
    assert count_alerts(owing.warehouse, "team", "daily", (at(1), at(3))) == ()
    assert count_alerts(owing.warehouse, "team", "weekly", (at(1), at(4))) == ()


def test_no_feed_no_note(timeline: Timeline) -> None:
    assert feed_notes(timeline.warehouse) == ()
