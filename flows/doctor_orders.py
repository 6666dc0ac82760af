"""What `stancewatch doctor` says of people who are to stay forgotten; it names none of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.carrying_out import configured_names
from flows.finding import broken, ok
from warehouse.database import WarehouseError
from warehouse.standing_orders import load_orders

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.finding import Finding
    from flows.settings import Places


def examine_orders(places: Places) -> Iterator[Finding]:
    """Whether the standing orders can be read, are carried out, and are not undone by the configuration."""
    try:
        orders = load_orders(places.warehouse)
    except WarehouseError as error:
        yield broken("forgotten people", str(error), "put the file back from a backup of yours (docs/law.md)")
        return
    if orders is None:
        return
    for each in orders.unfinished:
        told = f"order {each.order.order_id} is not carried out to the end"
        yield broken("forgotten people", told, "run `stancewatch actors forget --resume`")
    for file, lines in configured_names(places, orders.masker()):
        yield broken("forgotten people", f"{file} names one at line {lines}", "change it")
    if not orders.unfinished:
        yield ok("forgotten people", f"standing orders: {len(orders.given)}, all carried out")
