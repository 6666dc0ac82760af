"""The standing orders to forget people: a file of its own beside the warehouse, which no reader and no backup has."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import secrets
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from extractors.forgetting import Mode, Order, digest
from extractors.masking import Masker
from warehouse.errors import WarehouseError
from warehouse.file_copy import put_in_place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

T = TypeVar("T")
_KEY_BYTES: Final = 32


class OrdersError(WarehouseError):
    """The file of standing orders cannot be used; one line says why and what to do."""


@dataclass(frozen=True, slots=True)
class StandingOrder:
    """An order with the record of it; ``name_hash`` says whom it is about to those who have the key and the name."""

    order: Order
    name_hash: str
    asked_by: str
    reason: str
    asked_at: datetime
    done_at: datetime | None = None
    rows: int = 0
    """Rows of the working file that were changed or erased."""


@dataclass(frozen=True, slots=True)
class StandingOrders:
    """All orders of a warehouse, the key of their hashes, and hashes of first names: unknown namesakes have one."""

    key: bytes
    first_names: tuple[str, ...] = ()
    given: tuple[StandingOrder, ...] = ()

    def masker(self) -> Masker:
        """What applies them."""
        return Masker(self.key, [each.order for each in self.given], self.first_names)

    def with_order(self, order: StandingOrder) -> StandingOrders:
        """These and one more, or that one as it is now."""
        others = [each for each in self.given if each.order.order_id != order.order.order_id]
        return replace(self, given=(*others, order))

    def with_all(self, others: StandingOrders) -> StandingOrders:
        """These and others under the same key; of an order in both, it as the others have it."""
        joined = self
        for each in others.given:
            joined = joined if each in joined.given else joined.with_order(each)
        return replace(joined, first_names=tuple(sorted({*self.first_names, *others.first_names})))

    @property
    def unfinished(self) -> list[StandingOrder]:
        """Those that were not carried out to the end."""
        return [each for each in self.given if each.done_at is None]


def orders_path(warehouse: Path) -> Path:
    """Where the orders of a working file lie: beside it, ``NAME.forgotten.json``."""
    return warehouse.with_name(f"{warehouse.stem}.forgotten.json")


def new_orders(first_names: Iterable[str]) -> StandingOrders:
    """No orders yet, a key for them, and what first names there are, in plain letters."""
    key = secrets.token_bytes(_KEY_BYTES)
    return StandingOrders(key, tuple(sorted(digest(key, each) for each in first_names)))


def ordered_masker(warehouse: Path, noted: Sequence[str]) -> Masker | None:
    """What applies the orders of a working file; None if there are none. ``noted`` are those that it has noted itself.

    Raises:
        OrdersError: the file of orders cannot be read, is missing though there were orders, or is of before the last.
    """
    orders = load_orders(warehouse)
    if orders is None and noted:
        text = "is missing; it says who is to stay forgotten: put a copy of it back (docs/law.md)"
        raise OrdersError(f"{orders_path(warehouse)}: {text}")
    known = {each.order.order_id for each in orders.given} if orders else set()
    if lacking := sorted({*noted} - known):
        text = f"lacks order {', '.join(lacking)}, which the warehouse was under: put the latest copy back"
        raise OrdersError(f"{orders_path(warehouse)}: {text} (docs/law.md)")
    return orders.masker() if orders else None


def load_orders(warehouse: Path) -> StandingOrders | None:
    """The standing orders of a working file; None if nobody was ever forgotten.

    Raises:
        OrdersError: the file is there and cannot be read.
    """
    path = orders_path(warehouse)
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        given = tuple(_order(each) for each in told["orders"])
        return StandingOrders(bytes.fromhex(told["key"]), tuple(told["first_names"]), given)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        why = error.strerror if isinstance(error, OSError) else "is damaged"
        text = f"{path}: cannot be read: {why}; it says who is to stay forgotten: put a copy of it back"
        raise OrdersError(text) from None


@contextlib.contextmanager
def orders_alone(warehouse: Path) -> Iterator[None]:
    """Let one process at a time read the orders and write them back: none that another gave meanwhile may be lost.

    Raises:
        OSError: the lock beside them cannot be made.
    """
    path = orders_path(warehouse)
    lock = os.open(path.with_name(path.name + ".lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def save_orders(warehouse: Path, orders: StandingOrders) -> None:
    """Write the orders, at one stroke and for their owner's eyes only; whoever read them before does it alone.

    Raises:
        OSError: they could not be written; the old ones stand.
    """
    path = orders_path(warehouse)
    told = {
        "key": orders.key.hex(),
        "first_names": orders.first_names,
        "orders": [asdict(each) for each in orders.given],
    }
    draft = path.with_name(path.name + ".new")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump(told, file, indent=1, default=str)
        file.flush()
        os.fsync(file.fileno())
    put_in_place(draft, path)


def masked_parameters(masker: Masker | None, parameters: dict[str, object]) -> dict[str, object]:
    """The parameters of a query as they may be stored."""
    if masker is None:
        return parameters
    return {name: masker.mask([each])[0][0] if isinstance(each, str) else each for name, each in parameters.items()}


def masked_rows(masker: Masker, rows: Sequence[T]) -> list[T]:
    """Records as they may be stored; each is read as a whole, since one field may say whom another means."""
    return [_masked(masker, row) for row in rows]


def _masked(masker: Masker, row: T) -> T:
    values = {each.name: getattr(row, each.name) for each in fields(cast("Any", row))}
    texts = [text for value in values.values() for text in _texts(value)]
    masked, _ = masker.mask(texts)
    if masked == texts:
        return row
    after = iter(masked)
    changed = {name: _retold(value, after) for name, value in values.items() if _texts(value)}
    return cast("T", replace(cast("Any", row), **changed))


def _texts(value: object) -> list[str]:
    if type(value) is str:
        return [value]
    return [each for each in value if type(each) is str] if isinstance(value, tuple) else []


def _retold(value: object, after: Iterator[str]) -> object:
    if isinstance(value, tuple):
        return tuple(next(after) if type(each) is str else each for each in value)
    return next(after)


def _order(told: dict[str, Any]) -> StandingOrder:
    order = told.pop("order")
    done_at = told.pop("done_at")
    return StandingOrder(
        order=Order(**{**order, "mode": Mode(order["mode"])}),
        asked_at=datetime.fromisoformat(told.pop("asked_at")),
        done_at=datetime.fromisoformat(done_at) if done_at else None,
        **told,
    )
