"""The lease of a lake, and what of it is published: one row in its catalogue, guarded by PostgreSQL."""

from __future__ import annotations

import contextlib
import os
import socket
import time
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Self

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.rows import class_row

from warehouse.errors import LeaseLostError, WarehouseBusyError, WarehouseError, one_line
from warehouse.lake import BOUNDS
from warehouse.sql_text import catalogue_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_KEPT = "-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3 -c idle_session_timeout=0"
"""The server notices within half a minute that a holder's machine is gone; one that is busy elsewhere is left alone."""


@dataclass(frozen=True, slots=True)
class Look:
    """What is published, if anything is, and since when; bytes of all files; whether somebody holds the lease.

    ``token`` is the number of the last who took it, ``holder`` says who that is; empty once he let go.
    """

    published: int | None
    published_at: datetime | None
    size_bytes: int
    is_held: bool
    token: int
    holder: str

    @property
    def is_left_behind(self) -> bool:
        """Whether the last holder is gone without a word."""
        return bool(self.holder) and not self.is_held


class Lease:
    """The right to write a lake, from `take` until `release`, or until this process or its machine dies.

    An advisory lock of a session that is kept open says who may begin; the token, which every commit must bear, says
    who may commit (see catalogue/fence.sql).
    """

    def __init__(self, path: Path, session: psycopg.Connection, token: int) -> None:
        self._path = path
        self._session = session
        self.token = self.number = token
        self.is_seized = False  # the catalogue refuses whoever wakes

    @classmethod
    def take(cls, path: Path, address: str, wait_seconds: float) -> Self:
        """Take the lease of the lake whose catalogue is at ``address``, in libpq's words.

        Raises:
            WarehouseBusyError: another process holds it for longer than ``wait_seconds``.
            WarehouseError: the catalogue cannot be reached or used.
        """
        with _told(path), contextlib.ExitStack() as undo:
            session = psycopg.connect(_bounded(address), autocommit=True, options=_KEPT)
            undo.callback(session.close)
            deadline = time.monotonic() + wait_seconds
            while not _value(session, "try_lease"):
                if time.monotonic() >= deadline:
                    raise WarehouseBusyError(f"{path}: in use by {_holder(session)}; wait for it, or end it")
                time.sleep(0.2)
            session.execute(catalogue_text("create").encode())
            holder = f"process {os.getpid()} on {socket.gethostname()}"
            token = _value(session, "take_lease", holder=holder)
            undo.pop_all()
        return cls(path, session, int(str(token)))

    @property
    def name(self) -> str:
        """What the sessions of the holder must be called."""
        return f"stancewatch-{self.token}"

    def guard(self) -> None:
        """Have the catalogue refuse the commits of all others, from now on and for all leases to come."""
        with _told(self._path):
            self._session.execute(catalogue_text("fence").encode())

    def publish(self) -> None:
        """Let readers see what was committed until now.

        Raises:
            WarehouseError: the lease is with another process, or the catalogue cannot be reached.
        """
        with _told(self._path):
            if self._session.execute(catalogue_text("publish").encode(), {"token": self.token}).rowcount != 1:
                raise WarehouseError(f"{self._path}: cannot be published: {self.loss()}")

    def loss(self) -> str:
        """Why a commit may have failed, if it is for the lease; else empty."""
        try:
            is_ours = _value(self._session, "current_token") == self.token
        except psycopg.Error:
            return "the catalogue cannot be reached any more; run again when it answers"
        return (
            "" if is_ours else f"the lease went to {_holder(self._session)}; nothing more is written, run again later"
        )

    def check(self) -> None:
        """Make sure that this process still is the owner.

        Raises:
            LeaseLostError: it is not.
        """
        if loss := self.loss():
            raise LeaseLostError(f"{self._path}: {loss}")

    def is_held(self) -> bool:
        """Whether it is; where that cannot be known, not."""
        return not self.loss()

    def release(self) -> None:
        """Let go, and say so: who does not counts as dead."""
        with contextlib.suppress(psycopg.Error):
            self._session.execute(catalogue_text("release_lease").encode(), {"token": self.token})
        self._session.close()


def published_snapshot(path: Path, address: str) -> int | None:
    """Which snapshot of a lake is published; None: nothing is yet.

    Raises:
        WarehouseError: the catalogue cannot be reached.
    """
    with _told(path), psycopg.connect(_bounded(address)) as session:
        try:
            published = _value(session, "published")
        except psycopg.errors.UndefinedTable:  # nobody has written there yet
            return None
    return None if published is None else int(str(published))


def look_at(path: Path, address: str) -> Look | None:
    """A lake seen from outside; None: nobody has made it yet.

    Raises:
        WarehouseError: the catalogue cannot be reached.
    """
    with _told(path), psycopg.connect(_bounded(address), row_factory=class_row(Look)) as session:
        try:
            return _looked_at(session)
        except psycopg.errors.UndefinedTable:
            return None


def _looked_at(session: psycopg.Connection[Look]) -> Look | None:
    """A look, and a second one where a holder seems dead: he may just have let go, between the row and the lock."""
    look = catalogue_text("look").encode()
    found = session.execute(look).fetchone()
    return session.execute(look).fetchone() if found and found.is_left_behind else found


def _bounded(address: str) -> str:
    return make_conninfo(address, **conninfo_to_dict(BOUNDS))


def _value(session: psycopg.Connection, query: str, **parameters: object) -> object:
    row = session.execute(catalogue_text(query).encode(), parameters or None).fetchone()
    return row[0] if row else None


def _holder(session: psycopg.Connection) -> str:
    try:
        return str(_value(session, "who_holds") or "another process")
    except psycopg.Error:  # it is just making the lake
        return "another process"


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except psycopg.Error as error:
        text = f"{path}: the catalogue cannot be used: {one_line(error)}; see docs/lake.md"
        raise WarehouseError(text) from None
