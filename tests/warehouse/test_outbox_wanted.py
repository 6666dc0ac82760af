"""An alert that nobody has been sent goes by its rules anew when its event is told otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from extractors.records import Theme
from tests.warehouse.analyst import correct, statement_of, undo
from tests.warehouse.outgoing import due, finish
from tests.warehouse.timeline import AUTONOMY, PEAKE, Said, Timeline, page, rule, words
from warehouse.outbox import count_waiting, mark_sending, revive_alerts

if TYPE_CHECKING:
    from warehouse.ledger import RuleRow

SHIFTS = rule(rule="shifts", kinds=("shift",))
THEMES = rule(rule="themes", kinds=("theme",), timing="daily")
PAGES = (
    page("a", 1, Said(PEAKE, "local", words(1))),
    page("b", 2, Said(PEAKE, "central", words(2), (*AUTONOMY, Theme.FINANCE))),
)


def news(timeline: Timeline, *rules: RuleRow) -> None:
    timeline.store(*PAGES)
    timeline.analyse()
    timeline.detect(*rules)


def outbox(timeline: Timeline) -> list[tuple[Any, ...]]:
    return timeline.query("SELECT rule, timing, status, hold_reason FROM alerts ORDER BY ALL")


def side_with(timeline: Timeline, *rules: RuleRow) -> None:
    """An analyst finds the second statement to be on the side of the first: a theme, no shift."""
    correct(timeline, statement_of(timeline, "b"), stance="local")
    timeline.detect(*rules)
    assert [event.kind for event in timeline.events()] == ["first", "theme"]


def test_what_no_rule_asks_for_any_more_is_withdrawn_until_that_is_undone(timeline: Timeline) -> None:
    news(timeline, SHIFTS)
    assert len(due(timeline, 80)) == 1
    side_with(timeline, SHIFTS)
    assert due(timeline, 81) == []
    assert outbox(timeline) == [("shifts", "at_once", "withdrawn", "")]
    undo(timeline, statement_of(timeline, "b"))
    timeline.detect(SHIFTS)
    assert len(due(timeline, 82)) == 1


@pytest.mark.parametrize(
    "condition",
    [{"stances": ("central",)}, {"kinds": ("shift",)}, {"themes": ("workforce", "finance"), "stances": ("central",)}],
)
def test_any_condition_counts(timeline: Timeline, condition: dict[str, Any]) -> None:
    rules = [rule(**condition)]
    news(timeline, *rules)
    side_with(timeline, *rules)
    assert [status for _, _, status, _ in outbox(timeline)] == ["withdrawn"]
    assert due(timeline, 80) == []


def test_another_rule_of_the_destination_takes_it_over(timeline: Timeline) -> None:
    news(timeline, SHIFTS, THEMES)
    side_with(timeline, SHIFTS, THEMES)
    assert outbox(timeline) == [("themes", "daily", "held", "daily digest")]
    assert due(timeline, 80) == []


@pytest.mark.parametrize(("hours", "status"), [(0, "pending"), (24, "held")])
def test_who_takes_it_over_has_its_cool_down_kept(timeline: Timeline, hours: int, status: str) -> None:
    rules = (
        rule(rule="firsts", kinds=("first",)),
        SHIFTS,
        rule(rule="themes", kinds=("theme",), cool_down_hours=hours),
    )
    news(timeline, *rules)
    side_with(timeline, *rules)
    told = {name: (timing, status) for name, timing, status, _ in outbox(timeline)}
    assert told == {"firsts": ("at_once", "pending"), "themes": ("daily" if hours else "at_once", status)}


def test_of_two_in_one_run_the_second_waits_for_the_digest(timeline: Timeline) -> None:
    news(timeline, rule(rule="both", kinds=("first", "shift"), cool_down_hours=24))
    assert sorted(each[1:3] for each in outbox(timeline)) == [("at_once", "pending"), ("daily", "held")]


def test_what_was_withdrawn_cools_nothing_down(timeline: Timeline) -> None:
    rules = (SHIFTS, rule(rule="themes", kinds=("theme",), themes=("workforce",), cool_down_hours=24))
    news(timeline, *rules)
    side_with(timeline, *rules)
    timeline.store(page("c", 3, Said(PEAKE, "local", words(3), (*AUTONOMY, Theme.WORKFORCE))))
    timeline.analyse()
    timeline.detect(*rules)
    assert [each[:3] for each in outbox(timeline)] == [
        ("shifts", "at_once", "withdrawn"),
        ("themes", "at_once", "pending"),
    ]


def test_another_destinations_rule_does_not(timeline: Timeline) -> None:
    rules = (SHIFTS, rule(rule="themes", kinds=("theme",), destination="others"))
    news(timeline, *rules)
    side_with(timeline, *rules)
    assert outbox(timeline) == [("shifts", "at_once", "withdrawn", "")]


def test_what_a_rule_asks_for_as_before_keeps_its_place(timeline: Timeline) -> None:
    both = rule(rule="both", kinds=("shift", "theme"), timing="weekly")
    news(timeline, both)
    before = timeline.owed()
    side_with(timeline, both, THEMES)
    assert timeline.owed() == before
    assert [status for _, _, status, _ in outbox(timeline)] == ["held"]


def test_a_rule_that_is_no_longer_configured_withdraws_nothing(timeline: Timeline) -> None:
    news(timeline, SHIFTS)
    side_with(timeline)
    assert outbox(timeline) == [("shifts", "at_once", "pending", "")]


def test_what_was_sent_stays_sent(timeline: Timeline) -> None:
    news(timeline, SHIFTS)
    (message,) = due(timeline, 80)
    finish(timeline, message, "sent", "sent")
    side_with(timeline, SHIFTS, THEMES)
    assert outbox(timeline) == [("shifts", "at_once", "sent", "")]
    assert due(timeline, 81) == []


def states(timeline: Timeline) -> list[tuple[Any, ...]]:
    return timeline.query("SELECT status, is_possible_repeat FROM messages")


def test_what_may_have_gone_out_and_is_not_wanted_any_more_is_not_sent_again(timeline: Timeline) -> None:
    news(timeline, SHIFTS)
    mark_sending(timeline.warehouse, due(timeline, 80)[0].message_id)  # and the run was killed
    finish(timeline, due(timeline, 81)[0], "failed", "pending")
    assert states(timeline) == [("pending", True)]
    side_with(timeline, SHIFTS)
    assert due(timeline, 82) == []
    assert states(timeline) == [("unknown", True)]
    assert [status for _, _, status, _ in outbox(timeline)] == ["unknown"]
    assert "attempt" not in count_waiting(timeline.warehouse)


def test_nor_is_what_was_doubted_after_a_restore(timeline: Timeline) -> None:
    news(timeline, SHIFTS)
    due(timeline, 80)
    timeline.warehouse.execute("doubt_messages")
    side_with(timeline, SHIFTS)
    assert due(timeline, 81) == []
    assert states(timeline) == [("unknown", True)]


def test_nor_is_what_was_given_up_and_is_tried_again_by_hand(timeline: Timeline) -> None:
    news(timeline, SHIFTS)
    mark_sending(timeline.warehouse, due(timeline, 80)[0].message_id)
    finish(timeline, due(timeline, 81)[0], "failed", "dead")
    side_with(timeline, SHIFTS)
    revive_alerts(timeline.warehouse)
    assert due(timeline, 82) == []
    assert states(timeline) == [("unknown", True)]


def test_what_some_recipients_have_is_not_sent_to_the_others_once_nobody_wants_it(timeline: Timeline) -> None:
    news(timeline, SHIFTS)
    finish(timeline, due(timeline, 80)[0], "sent", "pending", recipients=("b@example.org",))
    side_with(timeline, SHIFTS)
    assert due(timeline, 81) == []
    assert states(timeline) == [("sent", False)]
    undo(timeline, statement_of(timeline, "b"))
    timeline.detect(SHIFTS)
    assert [message.recipients for message in due(timeline, 82)] == [("b@example.org",)]
