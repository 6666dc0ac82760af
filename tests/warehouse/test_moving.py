"""A move, and one that is run again: whoever was to be forgotten meanwhile stays so in the new place."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from extractors.forgetting import Mode, draw_up, hash_names
from tests.warehouse.timeline import PEAKE, TARN, Said, open_timeline, page, words
from warehouse import moving
from warehouse.actors import find_actor
from warehouse.database import RequestError, Warehouse
from warehouse.described import describe
from warehouse.moving import move, pour_into_draft
from warehouse.rewriting import obey_file
from warehouse.standing_orders import StandingOrder, StandingOrders, load_orders, new_orders, save_orders

if TYPE_CHECKING:
    from pathlib import Path


def order(path: Path, orders: StandingOrders, order_id: str, who: str) -> StandingOrders:
    """The orders with one more, which is not given yet."""
    with Warehouse.open(path) as warehouse:
        known = describe(warehouse, find_actor(warehouse, who).actor_id, [], {})
    drawn = draw_up(orders.key, order_id, Mode.ERASE, known)
    given = StandingOrder(drawn, hash_names(orders.key, known.names), "clerk", "a letter", datetime.now(UTC))
    return orders.with_order(given)


def forget(path: Path, orders: StandingOrders, order_id: str, who: str) -> StandingOrders:
    """Order somebody forgotten, and carry it out."""
    orders = order(path, orders, order_id, who)
    save_orders(path, orders)
    obey_file(path, orders, wait_seconds=0)
    return orders


def test_a_move_that_is_run_again_takes_along_the_orders_given_since(tmp_path: Path) -> None:
    with open_timeline(tmp_path) as timeline:
        timeline.read(page("a", 1, Said(PEAKE, "local", words(1)), Said(TARN, "central", words(2))))
    path, target = tmp_path / "warehouse.duckdb", tmp_path / "new.duckdb"
    first = forget(path, new_orders(("john",)), "20260601-abc", "Rosalind Peake")
    save_orders(target, first)  # as a move leaves it that is killed behind its first step
    both = forget(path, first, "20260602-def", "Ossian Tarn")
    other = replace(both, key=bytes(32))
    save_orders(target, other)
    with pytest.raises(RequestError, match=r"new.forgotten.json: holds orders of another warehouse than .*; move it"):
        move(path, target)
    assert not target.exists()
    assert load_orders(target) == other
    done = replace(first, given=(replace(first.given[0], rows=7),))
    save_orders(target, done)
    move(path, target)
    assert load_orders(target) == both
    with Warehouse.open(target):
        pass


def test_a_move_takes_along_the_order_that_was_given_while_it_poured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_timeline(tmp_path) as timeline:
        timeline.read(page("a", 1, Said(PEAKE, "local", words(1)), Said(TARN, "central", words(2))))
    path, target = tmp_path / "warehouse.duckdb", tmp_path / "new.duckdb"
    first = forget(path, new_orders(("john",)), "20260601-abc", "Rosalind Peake")
    both = order(path, first, "20260602-def", "Ossian Tarn")

    def give_and_pour(source: Path, draft: Path) -> int:
        save_orders(source, both)  # whoever gave it waits for the file, to carry it out there
        return pour_into_draft(source, draft)

    monkeypatch.setattr(moving, "pour_into_draft", give_and_pour)
    move(path, target)
    given = load_orders(target) or first
    assert given == both
    assert [each.order.order_id for each in given.unfinished] == ["20260601-abc", "20260602-def"]
    obey_file(target, given, wait_seconds=0)
    with Warehouse.open(target) as warehouse, pytest.raises(RequestError):
        find_actor(warehouse, "Ossian Tarn")
