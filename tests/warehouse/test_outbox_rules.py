"""Which events are owed to whom: each condition of a rule, and once a destination whatever rules fit."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from extractors.records import Theme
from tests.warehouse.timeline import AUTONOMY, PEAKE, TARN, UNION, Said, Timeline, at, page, rule, words
from warehouse.ledger import RuleRow, detect_events, preview_alerts
from warehouse.published import publish

ALL_KINDS = ("first", "shift", "theme", "repeat")
FINANCE = (*AUTONOMY, Theme.FINANCE)
PAGES = (
    page("old", 1, Said(PEAKE, "local", words(1)), Said(UNION, "local", words(2)), is_live=False),
    page("shift", 2, Said(PEAKE, "central", words(3), AUTONOMY, 0.6)),
    page("theme", 3, Said(UNION, "local", words(4)), Said(UNION, "local", words(5), FINANCE, 0.7)),
    page("first", 4, Said(TARN, "balanced", words(6)), publisher="Hill Gazette"),
    page("repeat", 5, Said(TARN, "balanced", words(7))),
)


def owed(timeline: Timeline, destination: str = "desk") -> list[str]:
    """Articles whose events are in the outbox for a destination."""
    rows = timeline.query("SELECT destination, article_id FROM alerts JOIN stance_events USING (event_id) ORDER BY ALL")
    return [article_id for name, article_id in rows if name == destination]


def settle(timeline: Timeline, *rules: RuleRow) -> None:
    timeline.store(*PAGES)
    timeline.analyse()
    timeline.detect(*rules)


CONDITIONS: list[tuple[dict[str, Any], list[str]]] = [
    ({}, ["first", "shift", "theme"]),
    ({"kinds": ("shift",)}, ["shift"]),
    ({"kinds": ("theme",)}, ["theme"]),
    ({"kinds": ("repeat",)}, []),
    ({"kinds": ()}, []),
    ({"stances": ("central", "balanced")}, ["first", "shift"]),
    ({"stances": ("none",)}, []),
    ({"minimum_confidence": 0.61}, ["first", "theme"]),
    ({"minimum_confidence": 0.6}, ["first", "shift", "theme"]),
    ({"themes": ("finance", "workforce")}, ["theme"]),
    ({"themes": ("autonomy_control",)}, ["first", "shift", "theme"]),
    ({"themes": ("workforce",)}, []),
    ({"actor_types": ("government", "local_nhs")}, ["first", "shift"]),
    ({"actors": ("Ossian Tarn",)}, ["first"]),
    ({"actors": ("Department of Health and Social Care", "Guild of Ward Clerks")}, ["first", "theme"]),
    ({"ignore_actors": ("Rosalind Peake",)}, ["first", "theme"]),
    ({"ignore_actors": ("Department of Health and Social Care",)}, ["shift", "theme"]),
    ({"actors": ("Ossian Tarn",), "ignore_actors": ("Ossian Tarn",)}, []),
    ({"publishers": ("Hill Gazette",)}, ["first"]),
    ({"publishers": ("Valley Post",), "stances": ("central",)}, ["shift"]),
]


def test_each_condition(timeline: Timeline) -> None:
    """Each rule has a destination of its own."""
    names = [f"{number}: {condition}" for number, (condition, _) in enumerate(CONDITIONS)]
    rules = [
        rule(**{"kinds": ALL_KINDS, "destination": name, **c}) for name, (c, _) in zip(names, CONDITIONS, strict=True)
    ]
    settle(timeline, *rules)
    found = {name: owed(timeline, name) for name in names}
    assert found == dict(zip(names, (articles for _, articles in CONDITIONS), strict=True))


def test_without_rules_nothing_is_owed_and_events_stand(timeline: Timeline) -> None:
    settle(timeline)
    assert owed(timeline) == []
    assert len(timeline.events()) == 4


def test_once_a_destination_and_at_once_wins_over_the_digest(timeline: Timeline) -> None:
    settle(
        timeline,
        rule(rule="a digest", timing="daily", kinds=ALL_KINDS),
        rule(rule="b sides"),
        rule(rule="c sides"),
        rule(rule="d team", destination="team", timing="daily"),
        rule(rule="e nobody", destination="team", kinds=("repeat",)),
    )
    found = timeline.query(
        "SELECT e.article_id, a.destination, a.rule, a.timing, a.status FROM alerts AS a"
        " JOIN stance_events AS e USING (event_id) ORDER BY ALL"
    )
    assert found == [
        ("first", "desk", "b sides", "at_once", "pending"),
        ("first", "team", "d team", "daily", "held"),
        ("shift", "desk", "b sides", "at_once", "pending"),
        ("shift", "team", "d team", "daily", "held"),
        ("theme", "desk", "a digest", "daily", "held"),
    ]
    assert timeline.query("SELECT count(DISTINCT alert_id) FROM alerts") == [(5,)]


def test_a_stage_that_is_tried_again_owes_nothing_twice(timeline: Timeline) -> None:
    timeline.store(*PAGES)
    timeline.analyse()
    for expected in (2, 0):
        counts = detect_events(timeline.warehouse, "run", at(60), [rule()], 0.5)
        assert counts["alerts"] == expected
    assert owed(timeline) == ["first", "shift"]


def test_alerts_of_earlier_runs_are_not_owed_again(timeline: Timeline) -> None:
    settle(timeline, rule())
    timeline.read(page("later", 6, Said(TARN, "local", words(8))))
    assert timeline.detect(rule())["alerts"] == 0
    timeline.store(page("last", 7, Said(TARN, "central", words(9))))
    timeline.analyse()
    assert timeline.detect(rule())["alerts"] == 1
    assert owed(timeline) == ["first", "last", "shift"]


def test_a_preview_says_what_rules_would_have_sent(timeline: Timeline) -> None:
    settle(timeline)
    publish(timeline.warehouse)
    path = timeline.warehouse.path
    result = preview_alerts(path, [rule(), rule(rule="more", destination="team", kinds=("theme",))], at(1))
    rows = [dict(zip(result.columns, row, strict=True)) for row in result.rows]
    assert [(row["rule"], row["destination"], row["kind"], row["person"], row["origin"]) for row in rows] == [
        ("sides", "desk", "first", "Rosalind Peake", "history"),
        ("sides", "desk", "first", "", "history"),
        ("sides", "desk", "shift", "Rosalind Peake", "ledger"),
        ("more", "team", "theme", "", "ledger"),
        ("sides", "desk", "first", "Ossian Tarn", "ledger"),
    ]
    assert owed(timeline) == []


def test_a_preview_of_history_is_what_news_would_have_been(timeline: Timeline) -> None:
    timeline.store(*(replace(each, is_live=False) for each in PAGES))
    timeline.analyse()
    timeline.detect(rule())
    publish(timeline.warehouse)
    path = timeline.warehouse.path
    found = preview_alerts(path, [rule(kinds=ALL_KINDS)], at(2))
    place = found.columns.index("url")
    assert [row[place].rpartition("/")[2] for row in found.rows] == ["shift", "theme", "first"]
    assert preview_alerts(path, [rule()], at(90)).rows == ()
    assert owed(timeline) == []
