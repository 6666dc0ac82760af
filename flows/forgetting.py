"""What `stancewatch actors forget` does first: an order is drawn up, tried out, and let stand."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from extractors.forgetting import Form, Mode, digest, draw_up, hash_names, name_parts, words_of
from extractors.lexicon import Lexicon
from flows import clock
from flows.config_file import read_config
from flows.environment import analyst_of
from flows.run import WAIT_SECONDS
from flows.settings import locate
from flows.wording import count_words
from warehouse.actors import find_actor
from warehouse.database import RequestError, Warehouse
from warehouse.described import describe
from warehouse.rewriting import obey_file
from warehouse.standing_orders import (
    StandingOrder,
    StandingOrders,
    load_orders,
    new_orders,
    orders_alone,
    orders_path,
    save_orders,
)

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Sequence

    from flows.settings import Places
    from warehouse.published import Result


@dataclass(frozen=True, slots=True)
class Request:
    """Whom to forget and how; with ``is_mentioned`` somebody who never spoke and only stands in texts."""

    who: str
    mode: Mode
    also: tuple[str, ...] = ()
    asked_by: str = ""
    reason: str = ""
    is_mentioned: bool = False


@dataclass(frozen=True, slots=True)
class Drawn:
    """An order that is drawn up and not given yet, beside those that stood then."""

    request: Request
    who: str
    orders: StandingOrders
    given: StandingOrder


def draw(request: Request) -> Drawn:
    """The order that a request comes to; nothing is changed.

    Raises:
        ActorError: the reference leads to nobody, to several, or to a body.
        RequestError: that person is forgotten already.
        WarehouseError: the warehouse cannot be used.
    """
    places = locate()
    if not places.warehouse.exists():
        raise RequestError(f"{places.warehouse}: no such file; there is nobody to forget")
    orders = load_orders(places.warehouse)
    lexicon = read_config(places.file("language.yml"), Lexicon)
    if orders is None:
        first_names = {*lexicon.masculine_names, *lexicon.feminine_names, *lexicon.unisex_names}
        orders = new_orders(first_names)
    _refuse_known(orders, request.who)
    with Warehouse.open(places.warehouse, wait_seconds=WAIT_SECONDS) as warehouse:
        if request.is_mentioned:
            actor_id, who, names = "", request.who, [request.who, *request.also]
        else:
            actor = find_actor(warehouse, request.who)
            actor_id, who, names = actor.actor_id, actor.who, [*request.also]
        known = describe(warehouse, actor_id, names, _variants(lexicon, names, who))
    order_id = f"{clock.now():%Y%m%d}-{secrets.token_hex(3)}"
    earlier = _under_pseudonym(orders, known.names)
    if earlier:
        order_id = earlier.order.order_id
    order = draw_up(orders.key, order_id, request.mode, known)
    told = (request.asked_by or analyst_of(os.environ), request.reason)
    given = StandingOrder(order, hash_names(orders.key, known.names), *told, clock.now())
    orders = _beside(orders, given)
    return Drawn(request, who, orders, orders.given[-1])


def foresee(drawn: Drawn) -> str:
    """What the order would change in the working file, found out on a copy, in one line."""
    counts = obey_file(locate().warehouse, drawn.orders, is_trial=True, wait_seconds=WAIT_SECONDS)
    return f"{drawn.who}: {tell_rows(counts)} in the warehouse would be {_done(drawn.given.order.mode)}"


def _beside(orders: StandingOrders, given: StandingOrder) -> StandingOrders:
    """All orders with one more, whose record names nobody."""
    order = given.order
    for each in orders.given:
        if each.order.order_id == order.order_id:  # the name of old still leads there, and the pseudonym, too
            order = replace(order, forms={**order.forms, **each.order.forms})
    given = replace(given, order=order)
    told = [given.asked_by, given.reason]
    (asked_by, reason), _ = orders.with_order(given).masker().mask(told, {order.order_id})
    return orders.with_order(replace(given, asked_by=asked_by, reason=reason))


def give(drawn: Drawn) -> None:
    """Let the order stand, beside those that others gave meanwhile: from now on nothing is stored against it.

    Raises:
        RequestError: somebody else had that person forgotten meanwhile.
        WarehouseError: others made the file of orders, with a key of its own, and the order cannot be drawn up anew.
    """
    path = locate().warehouse
    while True:
        with orders_alone(path):
            orders = load_orders(path)
            if orders is None or orders.key == drawn.orders.key:
                if orders is not None:
                    _refuse_known(orders, drawn.request.who)
                save_orders(path, _beside(orders, drawn.given) if orders else drawn.orders)
                return
        drawn = draw(drawn.request)


def tell_rows(counts: Counter[str]) -> str:
    """How many rows, and where most of them are."""
    where = ", ".join(f"{name.removeprefix('store.')} {number:,}" for name, number in counts.most_common(4))
    return f"{count_words(counts.total(), 'row', 'rows')}{f' ({where})' if where else ''}"


def list_forgotten(name: str) -> Result:
    """The records of who was forgotten, without a name; with one, those only that would mask it."""
    from warehouse.published import Result  # noqa: PLC0415 - DuckDB is not needed to list them

    orders = load_orders(locate().warehouse)
    columns = ("order_id", "mode", "asked_at", "done_at", "rows", "asked_by", "reason", "name_hash")
    given = orders.given if orders else ()
    if name and orders:
        found = {order.order_id for order in orders.masker().orders if _fits(orders, order.order_id, name)}
        given = tuple(each for each in given if each.order.order_id in found)
    rows = tuple(
        (o.order.order_id, o.order.mode.value, o.asked_at, o.done_at, o.rows, o.asked_by, o.reason, o.name_hash)
        for o in given
    )
    return Result(columns, rows)


def finished(places: Places, orders: StandingOrders, rows: int) -> None:
    """Note that these orders are carried out, of those that stand as they stood."""
    now = clock.now()
    with orders_alone(places.warehouse):
        there = load_orders(places.warehouse) or orders
        for each in orders.unfinished:
            if each in there.given:
                there = there.with_order(replace(each, done_at=now, rows=each.rows + rows))
        save_orders(places.warehouse, there)


def standing(places: Places) -> StandingOrders:
    """The orders there are.

    Raises:
        RequestError: there is none.
    """
    orders = load_orders(places.warehouse)
    if orders is None or not orders.given:
        raise RequestError(f"{orders_path(places.warehouse)}: nobody was ever forgotten; nothing to carry out")
    return orders


def _refuse_known(orders: StandingOrders, who: str) -> None:
    for each in orders.given:
        if _fits(orders, each.order.order_id, who):
            told = f"is forgotten already: order {each.order.order_id} of {each.asked_at:%Y-%m-%d}"
            more = (
                "`--resume` carries it out" if each.done_at is None else "another mode: give the pseudonym's actor id"
            )
            raise RequestError(f"{who!r} {told}; {more}")


def _fits(orders: StandingOrders, order_id: str, name: str) -> bool:
    owner = orders.masker().owner([name])
    return owner is not None and owner.order_id == order_id and name_parts(name) is not None


def _under_pseudonym(orders: StandingOrders, names: Sequence[str]) -> StandingOrder | None:
    """The order by which these names are pseudonyms."""
    words = {word for name in names for *_, word in words_of(name)}
    for each in orders.given:
        if all(Form.MASK in each.order.forms.get(digest(orders.key, word), "") for word in words):
            return each
    return None


def _variants(lexicon: Lexicon, names: Sequence[str], who: str) -> dict[str, tuple[str, ...]]:
    """What bearers of these first names may be called besides, and in full."""
    first = {parts[0][0] for name in (*names, who.partition(" (")[0]) if (parts := name_parts(name)) and parts[0]}
    found: dict[str, tuple[str, ...]] = {}
    for entry in lexicon.short_names:
        if {entry.name, *entry.shorts} & first:
            for name in first & {entry.name, *entry.shorts}:
                found[name] = (*found.get(name, ()), entry.name, *entry.shorts)
    return found


def _done(mode: Mode) -> str:
    return "erased or masked" if mode is Mode.ERASE else "put under a pseudonym"
