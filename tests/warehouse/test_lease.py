"""The lease, with real processes: killed, stopped and woken, elsewhere, several at once, under wrong clocks."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.warehouse.processes import run_code, start_code
from warehouse.claim import latest_claim, read_claim
from warehouse.database import Warehouse, WarehouseBusyError
from warehouse.lease import look_at_lease
from warehouse.storage import hold

if TYPE_CHECKING:
    from collections.abc import Iterator

FAKETIME = shutil.which("faketime")
ELSEWHERE = """
import warehouse.claim
from warehouse.claim import Machine
warehouse.claim.this_machine = lambda: Machine("far-host", "another-boot", "pid:[1]")
"""
"""What stands in for another machine on the same volume: another kernel, of which no process is seen from here."""
LOCKLESS = """
import warehouse.lease
class NoLocks:
    LOCK_EX = LOCK_NB = 0
    flock = staticmethod(lambda *_: None)
warehouse.lease.fcntl = NoLocks
"""
"""What stands in for a volume on which locks do not reach from one machine to the other."""
WRITE = """
import sys
from pathlib import Path
from warehouse.database import LeaseLostError, Warehouse
warehouse = Warehouse.open(Path(sys.argv[1]), lease_seconds=float(sys.argv[2]))
try:
    for line in sys.stdin:
        with warehouse.transaction():
            row = [line.strip()]
            warehouse._connection.execute("INSERT INTO store.drops VALUES (?, 'poll', 'why', '2026-01-01')", row)
            print("within", flush=True)
            sys.stdin.readline()
        print("committed", flush=True)
except LeaseLostError as error:
    print(error, flush=True)
finally:
    warehouse.close()
"""
"""Writes a row for each two lines of its input: the transaction is open between them."""
NO_ROOM = """
import resource, sys
from pathlib import Path
from warehouse.database import Warehouse, WarehouseError
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    Warehouse.open(Path(sys.argv[1]))
except WarehouseError as error:
    print(error)
"""
"""Wants to be the owner where files get no longer than so many bytes."""
ROOM_AGAIN = (
    NO_ROOM
    + """
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
Warehouse.open(Path(sys.argv[1])).close()
print("open")
"""
)
"""The same, and once more when there is room again."""
DIES_CLAIMING = """
import os, signal, sys
from pathlib import Path
import warehouse.claim
from warehouse.database import Warehouse
link = os.link
def die(*args):
    if sys.argv[2] == "after":
        link(*args)
    os.kill(os.getpid(), signal.SIGKILL)
os.link = die
Warehouse.open(Path(sys.argv[1]))
"""
"""Is killed in the middle of making its claim, before or after the step that counts."""
DIES_SEIZING = """
import os, signal, sys
from pathlib import Path
import warehouse.storage
from warehouse.database import Warehouse
name, times = sys.argv[2], int(sys.argv[3])
step = getattr(warehouse.storage, name)
def die(*args):
    global times
    times -= 1
    if not times:
        os.kill(os.getpid(), signal.SIGKILL)
    return step(*args)
setattr(warehouse.storage, name, die)
Warehouse.open(Path(sys.argv[1]), wait_seconds=60)
"""
"""Is killed while it puts copies in the place of what a silent owner has open, right before the N-th of such steps."""
ONE_NAME = """
import errno, os
def link(*_):
    raise OSError(errno.EPERM, "one name a file")
os.link = link
"""
"""What stands in for a file system without links."""
CONTEND = """
import sys
from pathlib import Path
from warehouse.lease import WarehouseBusyError, take_lease
print("ready", flush=True)
sys.stdin.readline()
try:
    lease = take_lease(Path(sys.argv[1]), 0.0, float(sys.argv[2]))
except WarehouseBusyError:
    print("busy", flush=True)
else:
    print("won", lease.number, lease.is_held(), flush=True)
    sys.stdin.readline()
"""


def drops(path: Path) -> list[str]:
    with Warehouse.open(path) as warehouse:
        return [url for (url,) in warehouse._connection.execute("SELECT url FROM store.drops ORDER BY url").fetchall()]


def say(process: subprocess.Popen[str], words: str) -> str:
    """Give a process a line; returns the next one that it prints."""
    assert process.stdin
    assert process.stdout
    process.stdin.write(words + "\n")
    process.stdin.flush()
    return process.stdout.readline().strip()


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    file = tmp_path / "warehouse.duckdb"
    Warehouse.open(file).close()
    yield file
    with Warehouse.open(file):  # whatever happened, it opens and passes on
        assert len(list(file.with_name(file.name + ".lease").iterdir())) == 1


def test_a_killed_owner_is_followed_at_once_by_the_next_number(path: Path) -> None:
    owner = start_code(WRITE, path, 60)
    assert say(owner, "a") == "within"
    number, _ = latest_claim(path)
    owner.kill()
    owner.wait()
    started = time.monotonic()
    with Warehouse.open(path) as warehouse:
        assert time.monotonic() - started < 5
        assert (warehouse.lease.number, warehouse.lease.is_seized) == (number + 1, False)
    assert drops(path) == []


@pytest.mark.parametrize("when", ["before", "after"])
def test_who_is_killed_while_it_makes_its_claim_keeps_nobody_waiting(path: Path, when: str) -> None:
    assert start_code(DIES_CLAIMING, path, when).wait() == -signal.SIGKILL
    assert len(list(path.with_name(path.name + ".lease").iterdir())) > 1
    started = time.monotonic()
    Warehouse.open(path).close()
    assert time.monotonic() - started < 5


def test_where_a_file_has_one_name_a_claim_is_made_all_the_same(path: Path) -> None:
    owner = start_code(ONE_NAME + WRITE, path, 60)
    assert say(owner, "a") == "within"
    with pytest.raises(WarehouseBusyError, match=f"in use by process {owner.pid}"):
        Warehouse.open(path)
    owner.communicate("\n")
    assert owner.returncode == 0
    assert drops(path) == ["a"]


def test_an_owner_that_hangs_here_is_ended_and_followed(path: Path) -> None:
    """Stopped for longer than its lease, it holds lock and file; when told to go on it is not there any more."""
    owner = start_code(WRITE, path, 0.4)
    assert say(owner, "a") == "within"
    owner.send_signal(signal.SIGSTOP)
    with pytest.raises(WarehouseBusyError):
        Warehouse.open(path)  # it may be silent for so long
    started = time.monotonic()
    with Warehouse.open(path, wait_seconds=20) as warehouse:
        assert not warehouse.lease.is_seized
        assert time.monotonic() - started < 10
        owner.send_signal(signal.SIGCONT)
        assert owner.wait() == -signal.SIGKILL
    assert drops(path) == []


def test_an_owner_elsewhere_that_wakes_finds_itself_shut_out(path: Path) -> None:
    """It is stopped in the middle of a transaction; what follows is written while it sleeps, and stays as it is."""
    owner = start_code(ELSEWHERE + LOCKLESS + WRITE, path, 0.5)
    assert (say(owner, "a"), say(owner, "")) == ("within", "committed")
    assert say(owner, "lost") == "within"
    owner.send_signal(signal.SIGSTOP)
    with Warehouse.open(path) as warehouse:
        assert warehouse.lease.is_seized
        with warehouse.transaction():
            warehouse._connection.execute("INSERT INTO store.drops VALUES ('b', 'poll', 'why', '2026-01-01')")
        log = path.with_name(path.name + ".wal").read_bytes()
        owner.send_signal(signal.SIGCONT)
        assert (
            say(owner, "")
            == f"{path}: this run was silent for 0.5 s and another took over: it stops, and writes nothing more"
        )
        assert owner.wait() == 0
        assert path.with_name(path.name + ".wal").read_bytes() == log
        with warehouse.transaction():
            warehouse._connection.execute("INSERT INTO store.drops VALUES ('c', 'poll', 'why', '2026-01-01')")
    assert drops(path) == ["a", "b", "c"]


@pytest.fixture
def sleeper(path: Path) -> Iterator[subprocess.Popen[str]]:
    """An owner elsewhere that is stopped in the middle of a transaction, behind one that is in the log."""
    owner = start_code(ELSEWHERE + LOCKLESS + WRITE, path, 0.5)
    assert (say(owner, "a"), say(owner, "")) == ("within", "committed")
    assert say(owner, "lost") == "within"
    owner.send_signal(signal.SIGSTOP)
    yield owner
    owner.send_signal(signal.SIGCONT)
    assert "another took over: it stops, and writes nothing more" in say(owner, "")
    owner.communicate()
    assert owner.returncode == 0
    assert drops(path) == ["a"]


def opened(process: subprocess.Popen[str]) -> set[int]:
    """Which files a process has open, by their numbers on the disk."""
    return {file.stat().st_ino for file in Path(f"/proc/{process.pid}/fd").iterdir() if file.exists()}


def exposed(path: Path, sleeper: subprocess.Popen[str]) -> list[str]:
    """What of the file and its log a process can still write to."""
    files = (path, path.with_name(f"{path.name}.wal"))
    return [file.name for file in files if file.exists() and file.stat().st_ino in opened(sleeper)]


@pytest.mark.parametrize(("step", "times"), [("_move_away", 1), ("copy_file", 2), ("put_in_place", 2)])
def test_who_follows_one_that_was_killed_while_it_took_over_ends_that_work(
    path: Path, sleeper: subprocess.Popen[str], step: str, times: int
) -> None:
    assert start_code(DIES_SEIZING, path, step, times).wait() == -signal.SIGKILL
    assert exposed(path, sleeper)
    started = time.monotonic()
    with Warehouse.open(path) as warehouse:
        assert time.monotonic() - started < 5
        assert warehouse.lease.is_seized
        assert not exposed(path, sleeper)
        assert not list(path.parent.glob("*.seized"))
    with Warehouse.open(path) as warehouse:
        assert not warehouse.lease.is_seized


def test_who_had_no_room_to_take_over_leaves_that_to_the_next(path: Path, sleeper: subprocess.Popen[str]) -> None:
    assert "cannot be taken over: File too large; free space" in run_code(NO_ROOM, path, 4096)
    assert exposed(path, sleeper)
    with hold(path):
        assert not exposed(path, sleeper)
    with hold(path), pytest.raises(WarehouseBusyError):
        Warehouse.open(path)


def test_an_owner_elsewhere_that_lives_is_left_alone(path: Path) -> None:
    owner = start_code(ELSEWHERE + LOCKLESS + WRITE, path, 1.6)
    assert say(owner, "a") == "within"
    with pytest.raises(WarehouseBusyError, match=f"in use by process {owner.pid} on far-host; wait for it"):
        Warehouse.open(path)
    assert say(owner, "") == "committed"
    owner.communicate()
    assert drops(path) == ["a"]


def test_of_contenders_at_once_one_wins(path: Path) -> None:
    """A dead owner elsewhere, no locks, and three who watch it fall silent together."""
    owner = start_code(ELSEWHERE + LOCKLESS + CONTEND, path, 2)
    contenders = [start_code(LOCKLESS + CONTEND, path, 60) for _ in range(3)]
    for process in (owner, *contenders):
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
    number = int(say(owner, "").split()[1])
    owner.kill()
    owner.wait()
    for contender in contenders:
        assert contender.stdin
        contender.stdin.write("\n")
        contender.stdin.flush()
    told = sorted(contender.stdout.readline().strip() for contender in contenders if contender.stdout)
    assert told == ["busy", "busy", f"won {number + 1} True"]
    for contender in contenders:
        contender.kill()
        contender.communicate()


@pytest.mark.skipif(not FAKETIME, reason="needs Debian's faketime to set a process's clock")
def test_a_clock_that_is_wrong_changes_nothing(path: Path) -> None:
    owner = start_code(WRITE, path, 60)
    assert say(owner, "a") == "within"
    with pytest.raises(WarehouseBusyError):
        Warehouse.open(path)
    assert FAKETIME
    environment = {**os.environ, "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
    code = "from datetime import datetime; print(datetime.now().year)\n" + CONTEND
    done = subprocess.run(  # noqa: S603 - our own code
        [FAKETIME, "-f", "+400d", sys.executable, "-c", code, str(path), "60"],
        env=environment,
        input="\n",
        text=True,
        capture_output=True,
        check=True,
    )
    year, _, verdict = done.stdout.split()
    assert (int(year) != time.gmtime().tm_year, verdict) == (True, "busy")
    assert say(owner, "") == "committed"
    owner.communicate()


def test_a_claim_says_who_and_that_it_is_over(path: Path) -> None:
    claim = look_at_lease(path)
    assert claim
    assert (claim.is_over, claim.pid) == (True, os.getpid())
    with Warehouse.open(path, lease_seconds=0.16):
        first = look_at_lease(path)
        assert first
        deadline = time.monotonic() + 10
        while (now := look_at_lease(path)) and now.beat == first.beat and time.monotonic() < deadline:
            time.sleep(0.005)
        assert now
        assert (now.number, now.is_over, now.beat > first.beat, now.up > first.up) == (first.number, False, True, True)
    assert read_claim(b"{") is None
    assert read_claim(b"7") is None
    as_before = {name: value for name, value in json.loads(latest_claim(path)[1]).items() if name != "is_seized"}
    assert read_claim(json.dumps(as_before).encode()) == look_at_lease(path)  # of an earlier version


@pytest.mark.parametrize("room", [20, 100])  # the process id beside the file fits, the claim does not, or a part
def test_a_claim_that_the_disk_has_no_room_for_keeps_nobody_waiting(path: Path, room: int) -> None:
    before = latest_claim(path)
    assert "cannot be created or locked" in run_code(NO_ROOM, path, room)
    assert latest_claim(path) == before
    started = time.monotonic()
    with Warehouse.open(path, lease_seconds=60) as warehouse:
        assert warehouse.execute("list_forgotten") == []
    assert time.monotonic() - started < 60  # else the claim was waited for


@pytest.mark.parametrize("room", [0, 100])  # not even the process id beside the file fits
def test_a_process_that_found_no_room_is_not_in_its_own_way(path: Path, room: int) -> None:
    told, later = run_code(ROOM_AGAIN, path, room).splitlines()
    assert "cannot be created or locked: File too large" in told
    assert later == "open"
