"""Questions about sides, checked against the sample newsroom as it was written and against plain Python."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from statistics import mean
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cookbook.conftest import Cook, Rows

DHSC = "Department of Health and Social Care"


def timelines(view: Callable[[str], Rows]) -> dict[str, Rows]:
    """Each actor's positions, oldest first."""
    found = defaultdict(list)
    for row in sorted(view("stance_history"), key=lambda r: (r.said_at, r.first_seen_at, r.article_id)):
        found[row.actor_id].append(row)
    return found


def latest(rows: Rows, *keys: str) -> dict[tuple[str, ...], str]:
    """The last side for each combination of values."""
    return {tuple(getattr(row, key) for key in keys): row.stance for row in rows}


def test_who_changed_sides_is_who_was_written_to(cook: Cook) -> None:
    told = [(r.actor_name, r.previous_stance, r.stance) for r in cook("who-changed-sides")]
    assert told == [
        ("Priya Lanningham", "balanced", "local"),
        ("Rosalind Amberley", "central", "local"),
        ("Tobias Wrenfield", "local", "central"),
        ("Tobias Wrenfield", "central", "local"),  # from the article that came to light last, and was printed first
    ]


def test_what_is_new_is_what_was_told_at_once_or_in_the_digest(cook: Cook, view: Callable[[str], Rows]) -> None:
    told = {(r.kind, r.actor_name) for r in cook("what-is-new")}
    events = {e.event_id: (e.kind, e.actor_name) for e in view("stance_events")}
    assert told == {events[a.event_id] for a in view("alerts")}
    newest = max(e.said_at for e in view("stance_events"))
    fresh = [e for e in view("stance_events") if e.kind != "repeat" and e.said_at > newest - timedelta(days=1)]
    assert Counter(r.quote for r in cook("what-is-new", days="1")) == Counter(e.quote for e in fresh)


def test_how_long_sides_hold_counts_from_the_first_of_a_run(cook: Cook, view: Callable[[str], Rows]) -> None:
    expected: Counter[tuple[str, str, str, int]] = Counter()
    for rows in timelines(view).values():
        since = rows[0]
        for row in rows[1:]:
            if row.stance != since.stance:
                expected[(since.actor_name, since.stance, row.stance, (row.said_on - since.said_on).days)] += 1
                since = row
    assert Counter((r.actor_name, r.held, r.then_took, r.days) for r in cook("how-long-sides-hold")) == expected


def test_gone_silent_are_those_whose_last_words_are_old(cook: Cook, view: Callable[[str], Rows]) -> None:
    newest = max(a.published_at for a in view("articles"))
    spoke: dict[str, Rows] = {s.actor_id: [] for s in view("statements")}
    for s in view("statements"):
        spoke[s.actor_id].append(s.published_at)
    sided = {h.actor_id: h.actor_name for h in view("stance_history")}
    silent = {name for actor, name in sided.items() if max(spoke[actor]) < newest - timedelta(days=14)}
    assert {r.actor_name for r in cook("gone-silent")} == silent
    assert "Ottoline Brackwater" in silent
    assert [r.actor_name for r in cook("gone-silent", days="2000")] == ["Odalys Merrivane", "Torquil Abernathy-Voss"]


def test_where_one_stands(cook: Cook) -> None:
    assert [(r.actor_name, r.stance) for r in cook("where-one-stands")] == [
        ("Marian Okell", "local"),
        ("Crispian Addlestrop", "central"),
        ("NHS Providers", "none"),
    ]
    assert [(r.actor_name, r.stance, r.previous_stance) for r in cook("where-one-stands", actor="wrenf")] == [
        ("Tobias Wrenfield", "central", "local")
    ]


def test_timeline_of_one(cook: Cook, view: Callable[[str], Rows]) -> None:
    assert [(r.kind, r.stance) for r in cook("timeline-of-one")] == [
        ("repeat", "central"),
        ("history", "local"),
        ("history", "local"),
        ("shift", "central"),
        ("repeat", "central"),
    ]
    own = [h for h in view("stance_history") if h.organisation == "NHS Wales"]
    assert len(cook("timeline-of-one", actor="nhs wales")) == len(own)


def test_compare_two_by_the_last_words_of_each(cook: Cook, view: Callable[[str], Rows]) -> None:
    sides = {}
    for body in ("NHS Confederation", DHSC):
        rows = sorted(view("stance_history"), key=lambda r: (r.said_at, r.first_seen_at, r.statement_id))
        labels = {t.theme: t.label for t in view("themes")}
        sides[body] = {labels[t]: r.stance for r in rows if r.organisation == body for t in r.themes}
    confed, dhsc = sides.values()
    for row in cook("compare-two"):
        assert (row.stance_a, row.stance_b) == (confed.get(row.label), dhsc.get(row.label))
        words = {("local", "central"): "opposes", ("central", "local"): "opposes"}
        both = (row.stance_a, row.stance_b)
        expected = "agrees" if len({*both}) == 1 else words.get(both, None if None in both else "differs")
        assert row.relation == expected
    assert {r.label for r in cook("compare-two")} == {*confed, *dhsc}


def test_where_they_stand_counts_each_actor_once(cook: Cook, view: Callable[[str], Rows]) -> None:
    last = [rows[-1] for rows in timelines(view).values()]
    expected = Counter((r.actor_type, r.stance) for r in last)
    assert {(r.actor_type, r.stance): r.actors for r in cook("where-they-stand")} == expected


def test_stance_by_quarter(cook: Cook, view: Callable[[str], Rows]) -> None:
    groups = defaultdict(list)
    for h in view("stance_history"):
        groups[date(h.said_on.year, (h.said_on.month - 1) // 3 * 3 + 1, 1), h.actor_type].append(h.stance)
    found = {
        (r.quarter, r.actor_type): (r.positions, r.local, r.central, r.balanced, r.mean_side)
        for r in cook("stance-by-quarter")
    }
    assert found.keys() == groups.keys()
    for key, sides in groups.items():
        count = Counter(sides)
        assert found[key][:4] == (len(sides), count["local"], count["central"], count["balanced"])
        assert abs(found[key][4] - mean({"local": 1, "central": -1}.get(side, 0) for side in sides)) <= 0.0051
    assert sum(len(sides) for sides in groups.values()) > 20


def test_sides_on_a_theme_are_the_latest_on_it(cook: Cook, view: Callable[[str], Rows]) -> None:
    rows = sorted(view("stance_history"), key=lambda r: (r.said_at, r.first_seen_at, r.article_id))
    for theme in ("finance", "workforce"):
        expected = latest([r for r in rows if theme in r.themes], "actor_name")
        assert {(r.actor_name,): r.stance for r in cook("sides-on-a-theme", theme=theme)} == expected
        assert expected


def organisation_sides(view: Callable[[str], Rows]) -> dict[tuple[str, ...], str]:
    """The last side of each organisation on each theme; of one article the body's own words, then the surest."""
    rows = sorted(
        view("stance_history"),
        key=lambda r: (r.said_at, r.first_seen_at, r.article_id, r.person == "", r.confidence, r.actor_id),
    )
    return {(r.organisation, theme): r.stance for r in rows if r.organisation for theme in r.themes}


def test_who_agrees_with_whom_is_counted_theme_by_theme(cook: Cook, view: Callable[[str], Rows]) -> None:
    sides = organisation_sides(view)
    bodies = {body for body, _ in sides}

    def shared(one: str, other: str) -> list[tuple[str, str]]:
        return [
            (side, sides[other, theme])
            for (body, theme), side in sides.items()
            if body == one and (other, theme) in sides
        ]

    for body in ("NHS Confederation", "King's Fund"):
        found = cook("who-agrees-with", organisation=body)
        assert {r.other_organisation for r in found} == {b for b in bodies if b != body and shared(body, b)}
        for row in found:
            pairs = shared(body, row.other_organisation)
            assert row.shared_themes == len(pairs)
            assert row.agreeing == sum(a == b for a, b in pairs) == len(row.agreeing_themes)
            assert row.opposing == sum({a, b} == {"local", "central"} for a, b in pairs) == len(row.opposing_themes)
    foes = cook("who-opposes-whom")
    assert [r.opposing for r in foes] == sorted((r.opposing for r in foes), reverse=True)
    for row in foes:
        pairs = shared(row.organisation, row.other_organisation)
        assert row.opposing == sum({a, b} == {"local", "central"} for a, b in pairs) > 0


def test_against_their_house(cook: Cook, view: Callable[[str], Rows]) -> None:
    house = {}
    for body, theme in organisation_sides(view):
        if theme == "autonomy_control":
            house[body] = organisation_sides(view)[body, theme]
    last = [rows[-1] for rows in timelines(view).values()]
    expected = {(r.organisation, r.actor_name) for r in last if r.organisation and r.stance != house[r.organisation]}
    assert {(r.organisation, r.actor_name) for r in cook("against-their-house")} == expected
    assert ("NHS Providers", "Crispian Addlestrop") in expected
