"""A claim on a working file, as it stands on the disk: who holds it, and the signs of life that he gives.

Claims are numbered files in a folder beside the working file. The highest number holds; making the next one is the one
step that file systems do for one of many contenders alone, whether or not locks reach from machine to machine.
"""

from __future__ import annotations

import contextlib
import errno
import functools
import json
import os
import select
import signal
import socket
import time
import uuid
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

CLAIM_BYTES: Final = 512
"""Each sign of life is one write of so many bytes: nobody reads half of one."""
_BOOT: Final = Path("/proc/sys/kernel/random/boot_id")
_SPACE: Final = Path("/proc/self/ns/pid")
_DYING_SECONDS: Final = 10.0
_NO_LINKS: Final = frozenset({errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS})
"""How file systems say that a file has one name only."""


@dataclass(frozen=True, slots=True)
class Machine:
    """Where a process runs: its host's name, the boot of its kernel, and the space that its process id belongs to."""

    host: str
    boot: str
    space: str


@dataclass(frozen=True, slots=True)
class Claim:
    """What a claim says. ``up`` is the time since boot at the last sign of life, ``at`` the wall's, for people only.

    ``started`` tells a process from a later one of the same id. Clocks that are set do not matter: ages are taken from
    ``up`` within one boot, and by watching whether ``beat`` moves from anywhere else. ``is_seized``: an owner before
    fell silent somewhere and may wake with the file open, in whose place nobody has put copies yet.
    """

    number: int
    machine: Machine
    pid: int
    started: int
    lease_seconds: float
    beat: int
    up: float
    at: str
    is_over: bool
    is_seized: bool = False

    @property
    def is_ours_to_see(self) -> bool:
        """Whether its process lives where this one does, so that its id means something."""
        return self.machine == this_machine()

    @property
    def is_alive(self) -> bool:
        """Whether its process is still there; only told where it `is_ours_to_see`."""
        return start_of(self.pid) == self.started

    @property
    def age_seconds(self) -> float:
        """Time since the last sign of life, as far as it can be known here; 0 for another machine's."""
        return max(uptime() - self.up, 0.0) if self.machine.boot == this_machine().boot else 0.0

    def encode(self) -> bytes:
        """As it is written."""
        host = self.machine.host.encode()[:100].decode(errors="ignore")
        record = {**asdict(self), "machine": [host, self.machine.boot, self.machine.space]}
        return json.dumps(record).encode().ljust(CLAIM_BYTES - 1) + b"\n"


@functools.cache
def this_machine() -> Machine:
    """Where this process runs."""
    boot, space = "", ""
    with contextlib.suppress(OSError):  # Linux only; elsewhere a host is known by its name
        boot, space = _BOOT.read_text("utf-8").strip(), str(_SPACE.readlink())
    host = socket.gethostname()
    return Machine(host.encode()[:100].decode(errors="ignore"), boot or host, space)


def uptime() -> float:
    """Seconds since boot, sleep included: a clock that nobody sets."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


def start_of(pid: int) -> int:
    """When a process began, in ticks since boot; 0 if it is not there (any more), or only as a corpse."""
    try:
        parts = Path(f"/proc/{pid}/stat").read_text("utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return 0
    return 0 if parts[0] == "Z" else int(parts[19])


def new_claim(number: int, lease_seconds: float, *, is_seized: bool = False) -> Claim:
    """This process's own, with its first sign of life."""
    pid = os.getpid()
    who = (this_machine(), pid, start_of(pid))
    return Claim(number, *who, lease_seconds, 0, uptime(), _wall(), is_over=False, is_seized=is_seized)


def beaten(claim: Claim) -> dict[str, object]:
    """What changes with each sign of life."""
    return {"beat": claim.beat + 1, "up": uptime(), "at": _wall()}


def claims_folder(path: Path) -> Path:
    """Where the claims on a working file lie."""
    return path.with_name(path.name + ".lease")


def claim_numbers(path: Path) -> list[int]:
    """The numbers of the claims that lie there, in order; more than one for a moment only."""
    try:
        return sorted(int(file.name) for file in claims_folder(path).iterdir() if file.name.isdecimal())
    except FileNotFoundError:
        return []


def stake_claim(path: Path, claim: Claim) -> Path:
    """Make a claim's file, with what it says already in it, so that a kill leaves none that nobody can read.

    Raises:
        FileExistsError: somebody was quicker.
        OSError: it cannot be written; nothing is left of it.
    """
    file = claims_folder(path) / str(claim.number)
    draft = file.with_name(f"{claim.number}.{uuid.uuid4().hex}")
    try:
        draft.write_bytes(claim.encode())
        os.link(draft, file)
    except FileNotFoundError:  # who was quicker has swept the drafts away
        raise FileExistsError from None
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        _write_new(file, claim)
    finally:
        draft.unlink(missing_ok=True)
    return file


def _write_new(file: Path, claim: Claim) -> None:
    with file.open("xb") as stake:
        try:
            stake.write(claim.encode())
            stake.flush()
        except OSError:
            file.unlink()  # nobody can read it: the next owner would wait a whole lease for it to speak
            raise


def sweep_claims(path: Path, number: int) -> None:
    """Remove the claims before ``number``, and what killed processes had begun to write."""
    for file in claims_folder(path).iterdir():
        if not file.name.isdecimal() or int(file.name) < number:
            file.unlink(missing_ok=True)


def latest_claim(path: Path) -> tuple[int, bytes]:
    """Number and text of the claim that holds; 0 and nothing if there is none.

    Raises:
        OSError: it cannot be read.
    """
    while numbers := claim_numbers(path):
        with contextlib.suppress(FileNotFoundError):  # the next one came and removed it
            return numbers[-1], (claims_folder(path) / str(numbers[-1])).read_bytes()
    return 0, b""


def read_claim(text: bytes) -> Claim | None:
    """What a claim says; None where nothing can be read of it, as in one just made where files have one name."""
    try:
        record = json.loads(text)
        machine = Machine(*record.pop("machine"))
        known = {each.name for each in fields(Claim)} & {*record}  # an earlier version's lacks what came later
        return Claim(machine=machine, **{name: record[name] for name in known})
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def end_process(claim: Claim) -> bool:
    """Kill the process behind a claim, if it is one that this process sees and may kill; returns whether it is gone."""
    if not claim.is_ours_to_see or claim.pid == os.getpid():
        return False
    try:
        handle = os.pidfd_open(claim.pid)
    except (OSError, AttributeError):  # gone already, or no Linux
        return not claim.is_alive
    try:
        if claim.is_alive:  # else its number belongs to somebody else by now
            signal.pidfd_send_signal(handle, signal.SIGKILL)
            select.select([handle], [], [], _DYING_SECONDS)
    except OSError:  # it is not ours to kill, or just went
        return not claim.is_alive
    finally:
        os.close(handle)
    return not claim.is_alive


def _wall() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
