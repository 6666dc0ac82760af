"""`stancewatch actors forget` as an operator meets it: refusals, a trial, the deed everywhere, and what stays to do."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from extractors.forgetting import Mode
from extractors.records import ActorType, Speaker
from flows.cli import app
from flows.export import Order, export
from flows.forgetting import Request, draw, give
from flows.run import open_run
from flows.settings import load_settings, locate
from tests.warehouse.processes import start_code
from tests.warehouse.timeline import PEAKE, Said, open_timeline, page
from warehouse.claim import latest_claim, new_claim, stake_claim
from warehouse.copies import write_copy
from warehouse.database import RequestError
from warehouse.inspection import inspect_file
from warehouse.lease import look_at_lease
from warehouse.published import publish
from warehouse.standing_orders import load_orders, new_orders

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path
    from types import FrameType

HOLD = "We in the valley have come to think that Whitehall should hold all of the strings"
MEAD = Speaker("Ola Mead", "leader", "Leeds City Council", ActorType.LOCAL_GOVERNMENT)
OTHER_MEAD = Speaker("Ola Mead", "chair", "Valley Hospitals Group", ActorType.LOCAL_NHS)
DIE = """
import os, signal, sys, threading
from typer.testing import CliRunner
from flows.cli import app
threading.Timer(float(sys.argv[1]), lambda: os.kill(os.getpid(), signal.SIGKILL)).start()
CliRunner().invoke(app, ["actors", "forget", "Rosalind Peake", "--erase", "--yes"])
"""
STEPS = """
import sys
from extractors.forgetting import Mode
from flows import carrying_out
from flows.forgetting import Request, draw, give

def step(name):
    print(name, flush=True)
    sys.stdin.readline()

carrying_out.delete_artifacts = lambda *_: step("rewritten")
drawn = draw(Request(sys.argv[1], Mode.ERASE))
step("drawn")
give(drawn)
step("given")
print(carrying_out.carry_out().problems, flush=True)
"""
"""One who has somebody forgotten, a line of input a step."""
MEAD_OF_LEEDS = "Ola Mead (Leeds City Council)"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with a warehouse of three articles, published, backed up and exported."""
    (tmp_path / "config").mkdir()
    monkeypatch.setenv("STANCEWATCH_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("STANCEWATCH_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    (tmp_path / "data").mkdir()
    with open_timeline(tmp_path / "data") as timeline:
        timeline.read(page("a", 1, Said(PEAKE, "central", HOLD)))
        timeline.read(page("m", 2, Said(MEAD, "local", "Councils should run the care of their own towns from now on")))
        timeline.read(
            page("n", 3, Said(OTHER_MEAD, "local", "Boards should be free to run the wards of their hospitals"))
        )
        publish(timeline.warehouse)
        write_copy(timeline.warehouse, tmp_path / "data" / "backups" / "warehouse-20260601.duckdb")
    return tmp_path / "data"


def stancewatch(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["actors", *arguments])
    return done.exit_code, done.output + (str(done.exception) if done.exception else "")


def named(folder: Path) -> list[str]:
    """Files that name her, in any letters."""
    files = [file for file in sorted(folder.rglob("*")) if file.is_file()]
    return [file.name for file in files if {b"peake", b"rosalind"} & {*_words(file.read_bytes())}]


def _words(data: bytes) -> list[bytes]:
    return [word for word in (b"peake", b"rosalind") if word in data.lower().replace(b"speake", b"")]


def test_slips_are_refused_and_change_nothing(home: Path) -> None:
    before = (home / "warehouse.duckdb").read_bytes()
    code, said = stancewatch("forget", "Rosalind Peake", "--yes")
    assert (code, "give either --pseudonym or --erase" in said) == (2, True)
    code, said = stancewatch("forget", "Rosalind Peake", "--erase")
    assert (code, "add --yes, or --dry-run" in said) == (2, True)
    code, said = stancewatch("forget", "Ola Mead", "--erase", "--yes")
    assert code == 1
    assert "'Ola Mead' may be" in said
    assert said.count("Ola Mead (") == 2
    assert "give an id" in said
    assert stancewatch("forget", "Nobody Known", "--erase", "--yes")[0] == 1
    code, said = stancewatch("forget", "Rosalind Peake", "--pseudonym", "--dry-run")
    assert code == 0
    assert "would be put under a pseudonym" in said
    assert (home / "warehouse.duckdb").read_bytes() == before
    assert "forgotten.json" not in " ".join(file.name for file in home.iterdir())
    code, table = stancewatch("list", "--doubtful")
    assert max(map(len, table.splitlines())) <= 80
    _, rows = stancewatch("list", "--doubtful", "--format", "json")
    assert rows.count("another actor has this name") == 2


def test_a_person_is_forgotten_in_every_file_and_the_record_names_nobody(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STANCEWATCH_BY", "Jane Doe")
    export(Order(home / "export"))
    (home.parent / "config" / "notes.yml").write_text("# ask Rosalind Peake\n", encoding="utf-8")
    killed = (
        "backups/warehouse-20260531.duckdb.new",
        "warehouse.duckdb.seized",
        "stancewatch-report.html.4194304999.new",
        "warehouse.published.duckdb.tmp/spilt",
        "warehouse.before-20260530T120000.duckdb.tmp/spilt",
        "backups/warehouse-20260530.duckdb.tmp/spilt",
        "backups/warehouse-20260601.duckdb.tmp/spilt",
    )
    for half in killed:  # left by processes that are gone
        (home / half).parent.mkdir(exist_ok=True)
        (home / half).write_text("Rosalind Peake", encoding="utf-8")
    assert len(named(home)) >= 7
    code, said = stancewatch(
        "forget",
        "Rosalind Peake",
        "--pseudonym",
        "--yes",
        "--reason",
        "letter of R. Peake",
        "--export",
        str(home / "export"),
    )
    assert code == 0, said
    assert "notes.yml: names them at line 1" in said
    assert named(home) == []
    assert [file.name for file in (home / "backups").iterdir()] == ["warehouse-20260601.duckdb"]
    code, said = stancewatch("forgotten", "--name", "Rosalind Peake", "--format", "csv")
    assert ("pseudonym" in said, "Peake" in said, len(said.splitlines())) == (True, False, 2)
    assert "Jane Doe" in said
    assert len(stancewatch("forgotten", "--name", "Ola Mead", "--format", "csv")[1].splitlines()) == 1
    code, said = stancewatch("forget", "Rosalind Peake", "--erase", "--yes")
    assert (code, "is forgotten already" in said) == (1, True)


def go_on(process: subprocess.Popen[str]) -> str:
    """Let it take one more step; what it says then."""
    assert process.stdin
    assert process.stdout
    process.stdin.write("\n")
    process.stdin.flush()
    return process.stdout.readline().strip()


@pytest.mark.deep
def test_orders_of_two_at_a_time_stand_both(home: Path) -> None:
    with start_code(STEPS, "Rosalind Peake") as one, start_code(STEPS, MEAD_OF_LEEDS) as other:
        for process in (one, other):  # neither knows of the other's order, and there is no key yet
            assert process.stdout
            assert process.stdout.readline() == "drawn\n"
        assert go_on(one) == "given"
        assert go_on(other) == "given"
        orders = load_orders(home / "warehouse.duckdb")
        assert orders is not None
        assert len(orders.given) == len(orders.unfinished) == 2
        assert go_on(one) == "rewritten"
        with start_code(STEPS, "Ola Mead (Valley Hospitals Group)") as third:
            assert third.stdout
            assert third.stdout.readline() == "drawn\n"
            assert go_on(third) == "given"
            assert go_on(one) == "[]"  # what it writes back has the order given meanwhile
            third.kill()
        orders = load_orders(home / "warehouse.duckdb")
        assert orders is not None
        assert (len(orders.given), len(orders.unfinished)) == (3, 1)
        assert go_on(other) == "rewritten"
        assert go_on(other) == "[]"
    orders = load_orders(home / "warehouse.duckdb")
    assert orders is not None
    assert (len(orders.given), len(orders.unfinished)) == (3, 0)
    names = ["Rosalind Peake said to Ola Mead of Leeds City Council"]
    assert not {"Rosalind", "Peake", "Ola", "Mead"} & {*orders.masker().mask(names)[0][0].split()}
    assert named(home) == []


def test_what_was_given_meanwhile_is_not_given_once_more(home: Path) -> None:
    first, second = (draw(Request("Rosalind Peake", Mode.ERASE)) for _ in range(2))
    give(first)
    with pytest.raises(RequestError, match="is forgotten already"):
        give(second)
    assert len((load_orders(home / "warehouse.duckdb") or new_orders(())).given) == 1


def test_it_is_done_and_published_under_one_lease_for_those_who_may_read(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STANCEWATCH_FILE_MODE", "0644")
    if os.geteuid() == 0:
        monkeypatch.setenv("STANCEWATCH_FILE_GROUP", "mail")
    path, copy = home / "warehouse.duckdb", home / "backups" / "warehouse-20260601.duckdb"
    locate().access.give(copy)
    path.chmod(0o600)
    seen: list[str] = []

    def watch(frame: FrameType, event: str, _: object) -> None:
        name = frame.f_code.co_name
        if event == "call" and name in {"put_in_place", "publish_file", "sweep"}:
            claim = look_at_lease(path)
            seen.append(f"{name} {claim.number if claim and not claim.is_over else 'free'}")

    sys.setprofile(watch)
    try:
        code, said = stancewatch("forget", "Rosalind Peake", "--erase", "--yes")
    finally:
        sys.setprofile(None)
    assert code == 0, said
    held = [each for each in seen if not each.endswith("free")]
    number = next(each for each in held if each.startswith("publish_file")).split()[1]
    assert {f"put_in_place {number}", f"sweep {number}"} < {*held}
    assert held[-1] == f"put_in_place {int(number) + 1}"  # of the copy, under a lease of its own
    for file in (home / "warehouse.published.duckdb", copy):
        assert file.stat().st_mode & 0o777 == 0o644
        assert os.geteuid() != 0 or file.group() == "mail"
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_copy_is_left_as_it_is_once_somebody_else_took_over(home: Path) -> None:
    path, copy = home / "warehouse.duckdb", home / "backups" / "warehouse-20260601.duckdb"
    before, steps = copy.read_bytes(), ["call _rewrite", "return obey_draft"]

    def take_over(frame: FrameType, event: str, _: object) -> None:
        if steps and f"{event} {frame.f_code.co_name}" == steps[0]:
            steps.pop(0)
            if not steps:
                stake_claim(path, new_claim(latest_claim(path)[0] + 1, 60))

    sys.setprofile(take_over)
    try:
        code, said = stancewatch("forget", "Rosalind Peake", "--erase", "--yes")
    finally:
        sys.setprofile(None)
    assert (code, "another took over" in said) == (1, True), said
    assert copy.read_bytes() == before
    assert (load_orders(home / "warehouse.duckdb") or new_orders(())).unfinished


def test_a_run_that_holds_the_warehouse_is_waited_for_and_named(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.forgetting.WAIT_SECONDS", 0.2)

    async def meanwhile() -> tuple[int, str]:
        async with open_run(load_settings(), "monitor"):
            return stancewatch("forget", "Rosalind Peake", "--erase", "--yes")

    code, said = asyncio.run(meanwhile())
    assert code == 1
    assert f"in use by process {os.getpid()}; wait for it, or end it" in said
    assert "forgotten.json" not in " ".join(file.name for file in home.iterdir())


@pytest.mark.skipif("FORGET_KILLS" not in os.environ, reason="minutes: `make forget-kills`")
@pytest.mark.parametrize("seconds", os.environ.get("FORGET_KILLS", "").split())
def test_killed_at_any_moment_it_is_finished_by_running_it_again(home: Path, seconds: str) -> None:
    with start_code(DIE, seconds) as process:
        process.communicate(timeout=600)
    for file in (home / "warehouse.duckdb", home / "backups" / "warehouse-20260601.duckdb"):
        assert all(each.is_sound for each in inspect_file(file, home))  # as it was, or as it should be
    if process.returncode == -signal.SIGKILL and not (home / "warehouse.forgotten.json").exists():
        assert stancewatch("forget", "Rosalind Peake", "--erase", "--yes")[0] == 0  # it had not even begun
    else:
        assert stancewatch("forget", "--resume")[0] == 0
    assert named(home) == []
