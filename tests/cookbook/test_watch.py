"""Questions about certainty, alerts and the watch itself, and the cookbook as a book."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from flows.newsroom import load_newsroom
from tests.cookbook.kitchen import CORRECTED, MISSED
from tests.cookbook.make import PAGE, cookbook
from warehouse.cookbook import load_recipe, load_recipes
from warehouse.database import RequestError
from warehouse.documentation import JOINS
from warehouse.published import Result, query_published

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cookbook.conftest import Cook, Rows
    from tests.sample_days import Days


def test_least_sure(cook: Cook, view: Callable[[str], Rows]) -> None:
    sided = [s for s in view("statements") if s.stance != "none" and not s.is_copy and not s.corrected]
    lowest = sorted(round(s.confidence, 2) for s in sided)[:10]
    assert [r.confidence for r in cook("least-sure")] == lowest


def test_sure_when_corrected(cook: Cook, view: Callable[[str], Rows]) -> None:
    (row,) = cook("sure-when-corrected")
    assert (row.machine_said, row.analyst_said, row.corrections) == ("local", "none", 1)
    (correction,) = view("corrections")
    assert correction.text.startswith(CORRECTED)
    assert row.mean_confidence == row.highest == round(correction.own_confidence, 2)


def test_what_a_rule_would_send(cook: Cook, view: Callable[[str], Rows]) -> None:
    for sure in ("0.85", "0.99"):
        expected = [
            e.actor_name
            for e in view("stance_events")
            if e.kind in {"first", "shift"} and e.confidence >= float(sure)
            if e.actor_type in {"government", "national_body", "parliament"}
        ]
        assert sorted(r.actor_name for r in cook("what-a-rule-would-send", sure=sure)) == sorted(expected)
    assert {r.actor_name for r in cook("what-a-rule-would-send")} == {
        "Tobias Wrenfield",
        "Rosalind Amberley",
        "Ingrid Tallentire",
    }


def test_what_was_sent_follows_the_samples_rules(cook: Cook, view: Callable[[str], Rows]) -> None:
    kinds = Counter(e.kind for e in view("stance_events"))
    sides = kinds["first"] + kinds["shift"]
    assert [(r.destination, r.rule, r.timing, r.status, r.alerts) for r in cook("what-was-sent")] == [
        ("team-mail", "new sides", "at_once", "sent", sides),
        ("team-mail", "new themes", "daily", "held", kinds["theme"]),
        ("team-slack", "new sides", "at_once", "sent", sides),
    ]


def test_who_was_told_what(cook: Cook, view: Callable[[str], Rows]) -> None:
    news = [e for e in view("stance_events") if e.kind != "repeat"]
    mail, slack = (cook("who-was-told-what", destination=name) for name in ("team-mail", "team-slack"))
    assert sorted((r.actor_name, r.kind) for r in mail) == sorted((e.actor_name, e.kind) for e in news)
    assert sorted(r.actor_name for r in slack) == sorted(e.actor_name for e in news if e.kind != "theme")


def test_how_soon_we_knew(cook: Cook, view: Callable[[str], Rows]) -> None:
    rows = cook("how-soon-we-knew")
    assert sum(r.alerts for r in rows) == sum(a.sent_at is not None for a in view("alerts"))
    assert all(0 <= r.minutes_until_told < 60 < r.minutes_until_seen for r in rows)


def test_nothing_was_in_trouble_but_what_was_planted(cook: Cook) -> None:
    assert cook("trouble-with-delivery") == []
    (feed,) = cook("failing-feeds")
    assert (feed.feed_id, feed.status, feed.failures, feed.notice) == ("pulse", "failed", 3, "HTTP 503")
    (drop,) = cook("what-was-dropped")
    assert (drop.stage, drop.reason, drop.items, drop.example) == ("read", "HTTP 404", 1, MISSED)


def test_what_feeds_bring(cook: Cook, view: Callable[[str], Rows]) -> None:
    sites = load_newsroom()
    pages = {site.publisher.name: len({article.path for article in site.articles}) for site in sites}
    rows = cook("what-feeds-bring")
    assert {r.publisher: r.articles for r in rows} == pages
    said = Counter(s.publisher for s in view("statements") if s.kind == "feed")
    sided = Counter(s.publisher for s in view("statements") if s.kind == "feed" and s.stance != "none")
    assert {r.publisher: (r.statements, r.sided) for r in rows} == {name: (said[name], sided[name]) for name in pages}


def test_slow_sites(cook: Cook, view: Callable[[str], Rows]) -> None:
    rows = cook("slow-sites")
    assert sum(r.requests for r in rows) == len(view("fetches"))
    assert len(rows) == len(load_newsroom())
    refused = [f for f in view("fetches") if f.outcome not in {"ok", "not_modified"}]
    assert sum(r.failures for r in rows) == len(refused)


def test_last_runs(cook: Cook, days: Days) -> None:
    found = [(r.flow, r.status, r.articles, r.statements, r.first, r.shift, r.alerts) for r in cook("last-runs")]
    names = ("articles_new", "statements", "events_first", "events_shift", "alerts")
    runs = (days.again, days.news, days.history)
    assert found == [("monitor", "completed", *(counts[name] for name in names)) for counts in runs]


def test_each_recipe_is_checked_and_is_one_select() -> None:
    tests = "".join(file.read_text("utf-8") for file in Path(__file__).parent.glob("test_*.py"))
    recipes = load_recipes()
    assert len(recipes) >= 24
    assert [r.name for r in recipes if f'cook("{r.name}"' not in tests] == []
    assert [r.name for r in recipes if ";" in r.sql or not re.match(r"(SELECT|WITH)\b", r.sql)] == []
    assert [r.name for r in recipes if not r.question.endswith("?") or not r.note] == []


def test_the_page_has_each_question_with_its_query() -> None:
    """Answers are those of the day it was written; what stands around them must be current."""

    def told(page: str) -> list[str]:
        return [line for line in page.splitlines() if not line.startswith(("|", "…", "No rows"))]

    current = cookbook(lambda _: Result(("a",), ((1,),)))
    assert [line for line in told(PAGE.read_text("utf-8")) if line] == [line for line in told(current) if line]


def test_queries_of_the_page_give_the_same_as_named_ones(cooked: Days) -> None:
    for name in ("who-agrees-with", "gone-silent", "what-a-rule-would-send", "compare-two"):
        recipe = load_recipe(name)
        plain = query_published(cooked.warehouse, recipe.plain_sql)
        assert plain == query_published(cooked.warehouse, recipe.sql, recipe.parameters({}))


@pytest.mark.parametrize(
    ("name", "given", "words"),
    [
        ("who-agree-with", {}, "did you mean who-agrees-with"),
        ("gone-silent", {"weeks": "2"}, "has no parameter 'weeks'; there is: days"),
        ("gone-silent", {"days": "two"}, "days must be a number"),
    ],
)
def test_a_wrong_name_or_value_is_one_line(name: str, given: dict[str, str], words: str) -> None:
    with pytest.raises(RequestError, match=re.escape(words)):
        load_recipe(name).parameters(given)


def test_the_diagrams_lines_hold_on_real_rows(view: Callable[[str], Rows]) -> None:
    """One row on the one side; on the other none that it lacks, but for what has no such thing."""
    loose = {("stance_history", "stance_events")}
    for one, many, column in JOINS:
        keys = [getattr(row, column) for row in view(one)]
        keys = [key for key in keys if key not in {None, ""}]
        assert len(keys) == len(set(keys)), (one, column)
        lost = {getattr(row, column) for row in view(many)} - {None, "", *keys}
        assert not lost or (one, many) in loose or column == "run_id", (one, many, lost)
