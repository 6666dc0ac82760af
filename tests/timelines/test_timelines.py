"""With gold labels every event of every timeline is told exactly; the scorer itself can tell right from wrong."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from extractors.records import Stance, Theme
from tests.depth import spread
from tests.timelines.gold import GoldEvent, Timeline, read_timeline, timeline_files
from tests.timelines.score import Score, differences, score
from tests.timelines.told import Ledger, ToldEvent

if TYPE_CHECKING:
    from pathlib import Path

TOLD = ToldEvent("t-1", "shift", "Rosalind Peake", "local", "t-0", (), "Leave it to us", 0.9)
DUE = GoldEvent("t-1", "shift", Stance.LOCAL, person="Rosalind Peake", previous="t-0")


@pytest.mark.parametrize("file", spread(timeline_files(), 2), ids=lambda file: file.stem)
def test_gold_labels_make_exactly_the_gold_events(file: Path, tmp_path: Path) -> None:
    timeline = read_timeline(file)
    told = Ledger(tmp_path / "home").read(timeline, with_labels=True)
    assert differences(timeline, told) == []


@pytest.mark.parametrize("file", timeline_files(), ids=lambda file: file.stem)
def test_each_timeline_has_what_alerts_are_measured_by(file: Path) -> None:
    timeline = read_timeline(file)
    kinds = [event.kind for event in timeline.events]
    assert {kind: kinds.count(kind) >= least for kind, least in LEAST.items()} == dict.fromkeys(LEAST, True)
    ids = [article.id for article in timeline.articles]
    assert len(ids) > len(set(ids))
    assert all(article.text.count(s.words) == 1 for article in timeline.articles for s in article.statements)
    assert {event.article for event in timeline.events} <= {a.id for a in timeline.articles if a.live}


LEAST = {"first": 4, "shift": 3, "theme": 2, "repeat": 2}


def test_events_are_matched_by_article_actor_and_kind() -> None:
    others = [replace(TOLD, article="t-2"), replace(TOLD, who="Ossian Tarn"), replace(TOLD, kind="first")]
    assert score([DUE], [TOLD]) == Score(1, 1, 1)
    assert score([DUE], [*others, replace(TOLD, kind="repeat")]) == Score(0, 3, 1)
    assert score([DUE], [TOLD, TOLD]) == Score(1, 2, 1)
    assert str(Score(1, 2, 1)).endswith("P 0.500  R 1.000  F1 0.667")


@pytest.mark.parametrize(
    "wrong",
    [
        replace(TOLD, kind="first"),
        replace(TOLD, stance="central"),
        replace(TOLD, previous=None),
        replace(TOLD, who="Ossian Tarn"),
        replace(TOLD, quote="Other words"),
    ],
)
def test_a_difference_in_any_particular_is_found(wrong: ToldEvent) -> None:
    (file,) = timeline_files("a_river")
    article = replace(read_timeline(file).articles[0], id="t-1", text="Leave it to us")
    timeline = Timeline("t", "", (article,), (DUE,))
    assert differences(timeline, [TOLD]) == []
    assert differences(timeline, [wrong])
    assert differences(timeline, [TOLD, TOLD])
    assert differences(timeline, [])
    theme = replace(DUE, kind="theme", new_themes=(Theme.FINANCE,))
    assert differences(replace(timeline, events=(theme,)), [replace(TOLD, kind="theme")])
