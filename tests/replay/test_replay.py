"""A short history of a busy feed: no entry twice, none lost, whatever its feed does to it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from tests.replay.history import History, Sizes
from tests.replay.replay import Replay
from tests.warehouse.timeline import open_timeline

if TYPE_CHECKING:
    from pathlib import Path

SHORT = Sizes(polls=60, ids=420, redated=410, retitled=135, returns=75)


def test_no_entry_twice_and_none_lost(tmp_path: Path) -> None:
    history = History(SHORT)
    with open_timeline(tmp_path) as timeline:
        replay = Replay(timeline, history)
        figures = asdict(replay.run())
    entries = len(history.identities)
    assert (figures.pop("entries"), figures.pop("true_entries")) == (entries, entries)
    assert not {name: number for name, number in figures.items() if number}
    assert replay.counts["entries_new"] == replay.counts["articles_new"] == entries


def test_a_history_can_be_repeated() -> None:
    assert History(SHORT).polls == History(SHORT).polls != History(SHORT, seed=2).polls
