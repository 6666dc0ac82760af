"""What is made for readers is readable by whom the operator says, whatever the umask."""

from __future__ import annotations

import os
import stat
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from flows.config_file import ConfigError
from flows.export import Order, export
from flows.export_format import ExportFormat
from flows.keeping import back_up_now
from flows.operator_memory import keep
from flows.settings import locate
from flows.whole_file import write_whole
from warehouse.copies import back_up
from warehouse.database import Warehouse
from warehouse.published import publish
from warehouse.runs import begin_run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("STANCEWATCH_HOME", str(tmp_path / "data"))
    before = os.umask(0o022)
    yield tmp_path
    os.umask(before)


def make_all(home: Path) -> dict[str, str]:
    """Everything that is made for readers, and the permissions of each."""
    places = locate()
    with Warehouse.open(places.warehouse) as warehouse:
        made = [publish(warehouse, places.access)]
    back_up_now(None)
    write_whole(places.home / "report.html", "x", places.access)
    for _ in range(2):  # into a new folder, then into one that is there
        export(Order(home / "out", ("articles", "statements"), form=ExportFormat.BOTH))
    made += [
        *(places.home / "backups").glob("*"),
        places.home / "report.html",
        home / "out",
        *(home / "out").rglob("*"),
    ]
    made += [places.home, places.warehouse]
    return {str(path.relative_to(home)): stat.filemode(path.stat().st_mode) for path in made}


@pytest.mark.parametrize(
    ("umask", "mode", "file", "folder"),
    [
        (0o000, "", "-rw-r-----", "drwxr-x---"),
        (0o000, "0600", "-rw-------", "drwx------"),
        (0o077, "644", "-rw-r--r--", "drwxr-xr-x"),
    ],
)
def test_files_for_readers_have_the_mode_that_is_set(
    home: Path, monkeypatch: pytest.MonkeyPatch, umask: int, mode: str, file: str, folder: str
) -> None:
    os.umask(umask)
    monkeypatch.setenv("STANCEWATCH_FILE_MODE", mode)
    made = make_all(home)
    assert made.pop("data/warehouse.duckdb") == "-rw-------"  # for nobody but the flows
    assert made.pop("data").endswith("---")  # others come in where the operator opens it
    assert len(made) > 8
    assert set(made.values()) == {file, folder}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give a file to any group")
def test_files_for_readers_belong_to_the_group_that_is_set(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STANCEWATCH_FILE_GROUP", "mail")
    make_all(home)
    groups = {path.group() for path in [*(home / "out").rglob("*"), *(home / "data").glob("*.published.duckdb")]}
    assert groups == {"mail"}


def test_what_is_not_made_for_readers_is_the_owners_alone_in_an_open_folder_too(home: Path) -> None:
    places = locate()
    places.home.mkdir(mode=0o755)
    with Warehouse.open(places.warehouse) as warehouse, Warehouse.open(home / "other.duckdb"):
        begin_run(warehouse, "20260601T120000-abcdef", "monitor", datetime(2026, 6, 1, tzinfo=UTC))
        made = {str(path.relative_to(home)): path.stat().st_mode & 0o077 for path in places.home.rglob("*")}
        back_up(warehouse, datetime(2026, 6, 1, tzinfo=UTC), keep=7)
    assert {"data/warehouse.duckdb", "data/warehouse.duckdb.wal", "data/warehouse.duckdb.lease"} < made.keys()
    assert set(made.values()) == {0}
    assert stat.filemode((places.home / "backups").stat().st_mode) == "drwxr-x---"
    keep(places.home, {})
    assert stat.filemode((places.home / "operator-told.json").stat().st_mode) == "-rw-------"
    before = os.umask(0o022)
    assert before == 0o022  # what is made later is the user's own affair again


@pytest.mark.parametrize(("name", "value"), [("MODE", "0666"), ("MODE", "rw"), ("GROUP", "no-such-group")])
def test_what_cannot_be_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"STANCEWATCH_FILE_{name}", value)
    with pytest.raises(ConfigError, match=f"STANCEWATCH_FILE_{name}={value}: "):
        locate()
