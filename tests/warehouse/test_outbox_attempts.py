"""From owed to delivered: what was interrupted is sent once more and marked, never a third time; nothing is lost."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from extractors.records import ActorType, Stance, Theme
from tests.warehouse.timeline import AUTONOMY, PEAKE, Said, Timeline, at, page, rule, words
from warehouse.outbox import (
    AttemptRow,
    OwedAlert,
    feed_notes,
    last_digest_end,
    mark_sending,
    record_attempt,
    record_digest,
    revive_alerts,
    select_due_alerts,
    select_held_alerts,
)


@pytest.fixture
def owing(timeline: Timeline) -> Timeline:
    """One alert owed to the desk at once, one to the team in its digest."""
    themes = (*AUTONOMY, Theme.FINANCE)
    timeline.read(page("old", 1, Said(PEAKE, "central", words(1)), publisher="Hill Gazette"))
    timeline.store(page("a", 2, Said(PEAKE, "local", words(2), themes), opening="It rained. " * 60))
    timeline.analyse()
    timeline.detect(rule(), rule(destination="team", timing="digest"), now=at(3))
    return timeline


def due(timeline: Timeline, day: int = 3) -> list[OwedAlert]:
    return select_due_alerts(timeline.warehouse, at(day))


def end(timeline: Timeline, alert: OwedAlert, outcome: str, status: str, **more: Any) -> None:
    """An attempt that came to an end."""
    row = AttemptRow(
        alert.alert_id,
        alert.destination,
        alert.attempts + 1,
        outcome,
        f"it was {outcome}",
        status,
        more.get("next_attempt_at"),
        more.get("recipients", ()),
    )
    record_attempt(timeline.warehouse, at(3), [alert.alert_id], row)


def status(timeline: Timeline, destination: str = "desk") -> tuple[Any, ...]:
    (row,) = timeline.query(f"SELECT status, attempts, is_repeat FROM store.alerts WHERE destination = '{destination}'")  # noqa: S608 - a name of this test
    return row


def test_an_owed_alert_has_all_that_a_message_needs(owing: Timeline) -> None:
    (alert,) = due(owing)
    assert alert == OwedAlert(
        alert_id=alert.alert_id,
        destination="desk",
        attempts=0,
        is_repeat=False,
        recipients=(),
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
        previous_stance=Stance.CENTRAL,
        previous_at=at(1),
        previous_quote=words(1),
        previous_publisher="Hill Gazette",
        previous_url="https://post.example/old",
    )
    assert isinstance(alert.published_at, datetime)
    assert len(alert.before_quote) == 400


def test_words_before_a_quotation_near_the_top(timeline: Timeline) -> None:
    timeline.store(page("a", 2, Said(PEAKE, "local", words(2)), opening="Rain."))
    timeline.analyse()
    timeline.detect(rule())
    (alert,) = due(timeline, 90)
    assert alert.before_quote == "Rain.\n\n“"
    assert (alert.previous_stance, alert.previous_at, alert.previous_quote) == (None, None, None)


def test_sent_is_never_due_again(owing: Timeline) -> None:
    (alert,) = due(owing)
    mark_sending(owing.warehouse, [alert.alert_id])
    end(owing, alert, "sent", "sent")
    assert due(owing, 90) == []
    assert status(owing) == ("sent", 1, False)
    assert owing.query('SELECT alert_id, destination, attempt, outcome, "at", detail FROM deliveries') == [
        (alert.alert_id, "desk", 1, "sent", at(3), "it was sent")
    ]


def test_interrupted_once_is_due_once_more_and_marked(owing: Timeline) -> None:
    (alert,) = due(owing)
    mark_sending(owing.warehouse, [alert.alert_id])
    (again,) = due(owing)
    assert (again.alert_id, again.attempts, again.is_repeat) == (alert.alert_id, 1, True)
    mark_sending(owing.warehouse, [again.alert_id])
    end(owing, again, "sent", "sent")
    assert due(owing, 90) == []
    assert status(owing) == ("sent", 2, True)


def test_interrupted_twice_is_unknown_and_never_sent_a_third_time(owing: Timeline) -> None:
    for _ in range(2):
        (alert,) = due(owing)
        mark_sending(owing.warehouse, [alert.alert_id])
    assert due(owing, 90) == []
    assert status(owing) == ("unknown", 2, True)
    assert due(owing, 90) == []


def test_unconfirmed_is_due_once_more_at_its_time_and_marked(owing: Timeline) -> None:
    (alert,) = due(owing)
    mark_sending(owing.warehouse, [alert.alert_id])
    end(owing, alert, "unknown", "unknown", next_attempt_at=at(5))
    assert due(owing, 4) == []
    (again,) = due(owing, 5)
    assert again.is_repeat
    mark_sending(owing.warehouse, [again.alert_id])
    end(owing, again, "unknown", "unknown", next_attempt_at=at(6))
    assert due(owing, 90) == []
    assert status(owing)[0] == "unknown"


def test_failed_is_due_later_for_those_who_did_not_get_it(owing: Timeline) -> None:
    (alert,) = due(owing)
    mark_sending(owing.warehouse, [alert.alert_id])
    end(owing, alert, "failed", "pending", next_attempt_at=at(5), recipients=("b@example.org",))
    assert due(owing, 4) == []
    (again,) = due(owing, 5)
    assert (again.attempts, again.is_repeat, again.recipients) == (1, False, ("b@example.org",))


def test_dead_stays_visible_until_it_is_revived(owing: Timeline) -> None:
    (alert,) = due(owing)
    mark_sending(owing.warehouse, [alert.alert_id])
    end(owing, alert, "dead", "dead")
    assert due(owing, 90) == []
    assert owing.query("SELECT status FROM alerts WHERE destination = 'desk'") == [("dead",)]
    revive_alerts(owing.warehouse)
    (again,) = due(owing)
    assert (again.alert_id, again.attempts) == (alert.alert_id, 0)


def test_reviving_does_not_send_anew_what_was_sent_or_is_held(owing: Timeline) -> None:
    (alert,) = due(owing)
    mark_sending(owing.warehouse, [alert.alert_id])
    end(owing, alert, "sent", "sent")
    revive_alerts(owing.warehouse)
    assert due(owing, 90) == []
    assert status(owing, "team")[0] == "held"


def test_the_digest_holds_its_own_and_takes_along_what_failed(owing: Timeline) -> None:
    assert select_held_alerts(owing.warehouse, "desk") == []
    (held,) = select_held_alerts(owing.warehouse, "team")
    assert (held.destination, held.event_kind, held.quote) == ("team", "shift", words(2))
    mark_sending(owing.warehouse, [held.alert_id])
    end(owing, held, "failed", "held")
    (again,) = select_held_alerts(owing.warehouse, "team")
    assert not again.is_repeat
    mark_sending(owing.warehouse, [again.alert_id])
    (interrupted,) = select_held_alerts(owing.warehouse, "team")
    assert interrupted.is_repeat
    mark_sending(owing.warehouse, [again.alert_id])
    assert select_held_alerts(owing.warehouse, "team") == []


def test_a_digest_is_recorded_once_with_its_window(timeline: Timeline) -> None:
    assert last_digest_end(timeline.warehouse, "team") is None
    for digest_id, start in (("d1", 1), ("d1", 1), ("d2", 2)):
        record_digest(timeline.warehouse, digest_id, "team", (at(start), at(start + 1)), at(start + 1))
    assert last_digest_end(timeline.warehouse, "team") == at(3)
    assert last_digest_end(timeline.warehouse, "desk") is None
    assert timeline.query("SELECT digest_id, window_start FROM store.digests ORDER BY 1") == [
        ("d1", at(1)),
        ("d2", at(2)),
    ]


def test_no_feed_no_note(timeline: Timeline) -> None:
    assert feed_notes(timeline.warehouse) == []
