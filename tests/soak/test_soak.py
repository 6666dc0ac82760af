"""A short soak in every check; `make soak` is the long one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import duckdb
import pytest

from extractors.records import Document, Stance
from flows import clock
from flows.engine_loading import load_engine
from flows.settings import SHIPPED_CONFIG, Places
from tests.soak.account import draw_up
from tests.soak.news import OUTLETS, write_news
from tests.soak.soak import Part, Soak
from tests.soak.trouble import Kind, Plan, Trouble, draw_plan
from tests.soak.words import CENTRAL, LOCAL

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HALF_HOURS = 63
"""Of both worlds, upkeep included, that makes a hundred runs."""
SWITCH = datetime(2026, 3, 29, tzinfo=UTC)
"""The day on which London's clocks go from one o'clock to two."""


@pytest.fixture
def soak(tmp_path: Path) -> Iterator[Soak]:
    part = Part(seed=21, start=SWITCH - timedelta(hours=2), half_hours=HALF_HOURS, patience_seconds=8.0)
    soak = Soak(tmp_path, part, net=9)
    yield soak
    soak.clear_away()


def test_a_rough_world_comes_to_what_a_calm_one_knows(soak: Soak) -> None:
    assert soak.go_on()
    account = draw_up(soak)
    assert account.wrongs == []
    told = dict(account.rows)
    assert told["runs"].startswith(f"{HALF_HOURS} and 2 upkeeps")
    assert len(list(soak.steps())) == 100
    assert soak.calm.rows("SELECT count(*) FROM stance_events WHERE kind IN ('first', 'shift')") > [(1,)]
    assert any(Kind.KILLED in step.kinds for step in soak.steps())
    _spoil(soak)
    wrongs = draw_up(soak).wrongs
    assert any("never arrived" in wrong for wrong in wrongs)
    assert any(wrong.startswith("rows compared: statements: 1 rows are missing") for wrong in wrongs)


def _spoil(soak: Soak) -> None:
    """Take one message and one statement away."""
    arrivals = soak.folder / "arrivals-rough.jsonl"
    arrivals.write_text("".join(arrivals.read_text("utf-8").splitlines(keepends=True)[1:]), encoding="utf-8")
    with duckdb.connect(str(soak.rough.warehouse)) as connection:
        connection.execute(
            "DELETE FROM store.statements WHERE statement_id = (SELECT min(statement_id) FROM statements)"
        )


def test_the_engine_knows_the_sides_of_the_stock() -> None:
    engine = load_engine(Places(SHIPPED_CONFIG, SHIPPED_CONFIG, SHIPPED_CONFIG))
    for side, sentences in ((Stance.LOCAL, LOCAL), (Stance.CENTRAL, CENTRAL)):
        for sentence in sentences:
            quote = sentence.format(place="Harwick", service="stroke care")
            text = f"“{quote},” said Ottoline Crabtree, chair of Harwick Hospitals Trust."
            (found,) = engine.analyse(Document(text, "", "", "Post", None, "https://post.example/")).statements
            assert (found.label.stance, found.speaker.person) == (side, "Ottoline Crabtree")


def test_news_and_troubles_are_the_same_for_the_same_seed() -> None:
    plans = [draw_plan(4, 400, len(OUTLETS), under_prefect=0) for _ in range(2)]
    assert plans[0] == plans[1] != draw_plan(5, 400, len(OUTLETS), under_prefect=0)
    assert {trouble.kind for trouble in plans[0].troubles} == set(Kind) - {Kind.PREFECT}
    news = [write_news(4, SWITCH, 400, plan) for plan in plans]
    assert news[0] == news[1] != write_news(5, SWITCH, 400, plans[0])


def test_nothing_changes_where_a_trouble_may_hide_it() -> None:
    plan = Plan((Trouble(Kind.DOWN, 50, 52, outlet=2),))
    assert plan.is_calm(1, 0, 100)
    assert not plan.is_calm(2, 40, 60)
    assert not plan.is_calm(2, 60, 70)
    assert plan.is_calm(2, 80, 90)


def test_the_clock_is_ours_for_a_while() -> None:
    with clock.showing(lambda: SWITCH):
        assert clock.now() == SWITCH
    assert clock.now() > SWITCH
