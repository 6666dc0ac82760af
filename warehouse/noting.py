"""That there are standing orders, noted in the warehouse itself: it is not opened without them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from warehouse.database import Warehouse
    from warehouse.standing_orders import StandingOrders


@dataclass(frozen=True, slots=True)
class NotedOrder:
    """That an order was given."""

    order_id: str
    mode: str
    name_hash: str
    asked_by: str
    reason: str
    asked_at: datetime


def note_orders(warehouse: Warehouse, orders: StandingOrders) -> None:
    """Write into the warehouse that there are orders, within the caller's transaction."""
    rows = [
        NotedOrder(o.order.order_id, o.order.mode, o.name_hash, o.asked_by, o.reason, o.asked_at) for o in orders.given
    ]
    with warehouse.staged("staged_orders", NotedOrder, rows):
        warehouse.execute("merge_forgotten")
