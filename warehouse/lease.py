"""The lease on a working file: one owner at a time, known by his signs of life, shut out once another took his place.

Two things say who may write. The lock beside the file is let go by the system when its owner dies, however he dies, but
reaches only as far as the file system carries it. The claim (`warehouse.claim`) is seen wherever the file is. See
docs/decisions/0002-lock-as-lease.md.
"""

from __future__ import annotations

import contextlib
import dataclasses
import fcntl
import logging
import os
import shutil
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from warehouse.access import Privacy
from warehouse.claim import (
    CLAIM_BYTES,
    Claim,
    beaten,
    claims_folder,
    end_process,
    latest_claim,
    new_claim,
    read_claim,
    stake_claim,
    sweep_claims,
    uptime,
)
from warehouse.errors import LeaseLostError, WarehouseBusyError, WarehouseError

if TYPE_CHECKING:
    from pathlib import Path

log = logging.getLogger("stancewatch")
LEASE_SECONDS: Final = 240.0
"""Without a sign of life for so long an owner counts as gone."""
_BEATS: Final = 16
"""Signs of life in that time."""
_DOUBT: Final = 8
"""A silent owner gets this part of a lease more, watched, before it is ended: both may just have woken from sleep."""
_LOOK_SECONDS: Final = 0.1
_LAST_BEAT_SECONDS: Final = 5.0


class Lease:
    """A lease that is held until `release`; a thread gives the signs of life."""

    def __init__(self, path: Path, lock: int, claim: Claim) -> None:
        self.number = claim.number
        """Grows with each owner."""
        self.is_seized = claim.is_seized
        """Whether an owner before may still be alive somewhere, and wake."""
        self._path, self._lock, self._claim = path, lock, claim
        self._privacy = Privacy()
        self._file = claims_folder(path) / str(claim.number)
        self._next = claims_folder(path) / str(claim.number + 1)
        self._handle = os.open(self._file, os.O_RDWR)
        self._writing = threading.Lock()
        self._is_over = threading.Event()
        self._beating = threading.Thread(target=self._beat_on, name="lease", daemon=True)
        self._beating.start()

    def check(self) -> None:
        """Make sure that this process still is the owner, as it must before whatever it writes counts.

        Raises:
            LeaseLostError: it is not.
        """
        if uptime() - self._claim.up > self._claim.lease_seconds / 2:
            with contextlib.suppress(OSError):
                self._beat()  # before looking: who is about to take over looks for it after staking its claim
        if not self.is_held():
            silent = f"silent for {self._claim.lease_seconds:g} s"
            raise LeaseLostError(
                f"{self._path}: this run was {silent} and another took over: it stops, and writes nothing more"
            )

    def is_held(self) -> bool:
        """Whether the claim is there and no later one is; where that cannot be known it counts as lost."""
        try:
            is_there = os.fstat(self._handle).st_ino == self._file.stat().st_ino
            return is_there and not self._next.exists()
        except OSError:
            return False

    def settle(self) -> None:
        """Note in the claim that whoever wakes does no harm any more, so that those who follow need not see to it."""
        with self._writing:
            self._write(dataclasses.replace(self._claim, is_seized=False))
            os.fdatasync(self._handle)

    def release(self) -> None:
        """Give it back."""
        self._is_over.set()
        self._beating.join(_LAST_BEAT_SECONDS)
        if not self._beating.is_alive():  # else it hangs in a write, and the handle is not free for others
            with contextlib.suppress(OSError):  # what cannot be written will be taken for dead
                self._write(dataclasses.replace(self._claim, is_over=True))
            os.close(self._handle)
        os.close(self._lock)
        self._privacy.end()

    def _beat_on(self) -> None:
        while not self._is_over.wait(self._claim.lease_seconds / _BEATS):
            try:
                self._beat()
            except OSError as error:
                log.warning("%s: no sign of life could be written: %s", self._path, error.strerror)

    def _beat(self) -> None:
        with self._writing:
            self._write(dataclasses.replace(self._claim, **beaten(self._claim)))  # type: ignore[arg-type]  # by name
            os.fdatasync(self._handle)  # a disk that has stopped must not look alive

    def _write(self, claim: Claim) -> None:
        os.pwrite(self._handle, claim.encode(), 0)
        self._claim = claim


def take_lease(path: Path, wait_seconds: float = 0.0, lease_seconds: float = LEASE_SECONDS) -> Lease:
    """Become the owner of the working file at ``path``; an owner that is dead or hangs is followed.

    Raises:
        WarehouseBusyError: another owner lives, and goes on for longer than ``wait_seconds``.
        WarehouseError: the lease cannot be taken there.
    """
    deadline = time.monotonic() + wait_seconds
    try:
        path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
        with Privacy():
            lock = _take_lock(path, deadline)
            try:
                return _stake(path, lock, deadline, lease_seconds)
            except BaseException:
                os.close(lock)
                raise
    except OSError as error:
        raise WarehouseError(f"{path}: cannot be created or locked: {error.strerror}; set STANCEWATCH_HOME") from None


def look_at_lease(path: Path) -> Claim | None:
    """The claim on a working file as it stands; None if nobody ever made one, or it cannot be read."""
    with contextlib.suppress(OSError):
        return read_claim(latest_claim(path)[1])
    return None


def sweep_lease(path: Path) -> None:
    """Remove what says who held a draft of which nobody else knows, once it is let go."""
    shutil.rmtree(claims_folder(path), ignore_errors=True)
    path.with_name(path.name + ".lock").unlink(missing_ok=True)


def _take_lock(path: Path, deadline: float) -> int:
    """The lock beside the file, as an open handle; an owner here that hangs is ended.

    Raises:
        WarehouseBusyError: another process has it.
        OSError: it cannot be made.
    """
    lock = os.open(path.with_name(path.name + ".lock"), os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _await_lock(path, lock, deadline)
        with contextlib.suppress(OSError):  # for people only: it need not fit on a full disk
            os.ftruncate(lock, 0)
            os.pwrite(lock, str(os.getpid()).encode(), 0)
    except BaseException:  # else this process would hold it until it ends, and no run of it would come in
        os.close(lock)
        raise
    return lock


def _await_lock(path: Path, lock: int, deadline: float) -> None:
    hung = _Silence()
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            claim = look_at_lease(path)
            is_silent = hung.is_certain(claim)
            if is_silent and claim and end_process(claim):
                log.warning("%s: process %d was silent for too long and was ended", path, claim.pid)
                hung, deadline = _Silence(), max(deadline, time.monotonic() + 10)
            elif time.monotonic() >= deadline and not hung.is_suspected(claim):
                holder = os.pread(lock, 32, 0).decode(errors="replace").strip() or "unknown"
                raise WarehouseBusyError(_in_use(path, holder, claim)) from None
            time.sleep(_LOOK_SECONDS)
        else:
            return


class _Silence:
    """Watches whether an owner of this machine that is silent stays so."""

    def __init__(self) -> None:
        self._number, self._since = 0, 0.0

    def is_suspected(self, claim: Claim | None) -> bool:
        """Whether it has been silent for longer than it may, and is still being watched."""
        return claim is not None and self._is_late(claim) and not self.is_certain(claim)

    def is_certain(self, claim: Claim | None) -> bool:
        """Whether it stayed so while this process was awake and watching."""
        if claim is None or not self._is_late(claim):
            self._number = 0
            return False
        if claim.number != self._number:
            self._number, self._since = claim.number, time.monotonic()
        return time.monotonic() - self._since >= claim.lease_seconds / _DOUBT

    @staticmethod
    def _is_late(claim: Claim) -> bool:
        return not claim.is_over and claim.age_seconds > claim.lease_seconds


def _stake(path: Path, lock: int, deadline: float, lease_seconds: float) -> Lease:
    """Stake the next claim, once the one before is over or its owner is gone; the lock is held.

    Raises:
        WarehouseBusyError: an owner that the lock does not reach is alive, or somebody else was quicker.
    """
    claims_folder(path).mkdir(exist_ok=True)
    before = _await_end(path, deadline)
    claim = new_claim(before.number + 1, lease_seconds, is_seized=before.is_silent)
    try:
        file = stake_claim(path, claim)
    except FileExistsError:
        raise WarehouseBusyError(_in_use(path, "", look_at_lease(path))) from None
    has_spoken = before.number and _text_of(path, before.number) != before.text
    if has_spoken or latest_claim(path)[0] > claim.number:
        file.unlink()  # who seemed dead is not, or somebody was quicker
        raise WarehouseBusyError(_in_use(path, "", look_at_lease(path)))
    sweep_claims(path, claim.number)
    return Lease(path, lock, claim)


@dataclass(frozen=True, slots=True)
class _Before:
    """The claim that is to be followed; ``is_silent``: its owner, or one whom he followed, may still wake somewhere."""

    number: int
    text: bytes
    is_silent: bool = False


def _await_end(path: Path, deadline: float) -> _Before:
    """Wait until the present claim binds nobody: it is over, its owner is gone, or stays silent for a whole lease.

    Raises:
        WarehouseBusyError: its owner, whom the lock does not reach, gives signs of life until ``deadline``.
    """
    seen, since = b"", uptime()
    while True:
        number, text = latest_claim(path)
        claim = read_claim(text)
        if not number or (claim and (claim.is_over or (claim.is_ours_to_see and not claim.is_alive))):
            return _Before(number, text, is_silent=claim is not None and claim.is_seized)
        if text != seen:
            if seen and time.monotonic() >= deadline:
                raise WarehouseBusyError(_in_use(path, "", claim))
            seen, since = text, uptime() - (claim.age_seconds if claim else 0)
        elif uptime() - since > (claim.lease_seconds if claim else LEASE_SECONDS):
            return _Before(number, text, is_silent=not (claim and end_process(claim)) or claim.is_seized)
        time.sleep(_LOOK_SECONDS)


def _text_of(path: Path, number: int) -> bytes:
    try:
        return (claims_folder(path) / str(number)).read_bytes()[:CLAIM_BYTES]
    except FileNotFoundError:
        return b""


def _in_use(path: Path, holder: str, claim: Claim | None) -> str:
    """Who has it, in one line."""
    if claim is None or claim.is_over:
        return f"{path}: in use by process {holder or 'unknown'}; wait for it, or end it"
    who = f"process {claim.pid}" + ("" if claim.is_ours_to_see else f" on {claim.machine.host}")
    if claim.age_seconds > claim.lease_seconds:
        return f"{path}: in use by {who}, silent for {claim.age_seconds:.0f} s; end it there (kill -9 {claim.pid})"
    return f"{path}: in use by {who}; wait for it, or end it"
