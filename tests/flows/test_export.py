"""The views as files: row by row what they are, whole or not there, and nobody else's file touched."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from flows.export import Order, export
from flows.export_format import ExportFormat
from flows.output import defused
from tests.warehouse.processes import holding, start_code
from tests.warehouse.timeline import PEAKE, TARN, Said, open_timeline, page, words
from warehouse.database import RequestError, WarehouseError
from warehouse.export import open_exporter
from warehouse.published import publish, query_published

if TYPE_CHECKING:
    from pathlib import Path

DIE = """
import os, signal, sys
from pathlib import Path
from flows import export_folder
from flows.export import Order, export
left = int(sys.argv[2])
def watch(frame, event, argument):
    global left
    if event == "call" and frame.f_code is export_folder._swap.__code__:
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
sys.setprofile(watch)
export(Order(Path(sys.argv[1])))
"""
FORMULA = '=HYPERLINK("http://x.example")'


@pytest.fixture
def warehouse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A published warehouse: statements of two months, an article without a date, a title that is a formula."""
    monkeypatch.setenv("STANCEWATCH_HOME", str(tmp_path))
    with open_timeline(tmp_path) as timeline:
        timeline.read(page("a", 1, Said(PEAKE, "local", words(1))), page("b", 40, Said(PEAKE, "central", words(2))))
        timeline.read(page("c", 2, Said(TARN, "central", words(3))))
        change = "UPDATE store.articles SET published_at = NULL, title = $title WHERE article_id = 'c'"
        timeline.warehouse._connection.execute(change, {"title": FORMULA})
        timeline.show_articles()
        publish(timeline.warehouse)
        return timeline.warehouse.path


def views(warehouse: Path) -> list[str]:
    found = query_published(warehouse, "SELECT DISTINCT table_name FROM duckdb_columns() WHERE schema_name = 'main'"
                            " AND database_name LIKE 'warehouse%' AND NOT internal ORDER BY 1")  # fmt: skip
    return [str(name) for (name,) in found.rows]


def parquet(folder: Path, view: str) -> list[tuple[Any, ...]]:
    """What any tool reads of a view in one line."""
    with duckdb.connect() as plain:
        plain.execute("SET TimeZone = 'UTC'")
        found = plain.execute(f"FROM read_parquet('{folder}/{view}/**/*.parquet', hive_partitioning = false)")
        return sorted(found.fetchall(), key=repr)


def rows(warehouse: Path, view: str) -> list[tuple[Any, ...]]:
    return sorted(query_published(warehouse, f"FROM {view}").rows, key=repr)


def manifest(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "manifest.json").read_text())  # type: ignore[no-any-return]


def is_whole(folder: Path) -> bool:
    """Whether the manifest says so, and every file is the one that it names."""
    told = manifest(folder)
    return told["is_complete"] and all(
        hashlib.sha256((folder / file["path"]).read_bytes()).hexdigest() == file["sha256"] for file in told["files"]
    )


def test_every_view_is_read_back_row_by_row(warehouse: Path, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "out"
    with holding(warehouse):  # a run at work
        told = export(Order(folder, form=ExportFormat.BOTH))
    names = views(warehouse)
    assert len(names) > 20
    assert told.startswith(f"{folder}: {len(names)} views, ")
    for view in names:
        expected = rows(warehouse, view)
        assert parquet(folder, view) == expected
        with (folder / f"{view}.csv").open(encoding="utf-8", newline="") as file:
            _, *found = csv.reader(file)
        text = io.StringIO()
        csv.writer(text).writerows([defused(value) for value in row] for row in expected)
        assert sorted(found) == sorted(csv.reader(io.StringIO(text.getvalue())))
    assert {place.name for place in (folder / "statements").iterdir()} == {
        "month=2026-06",
        "month=2026-07",
        "month=undated",
    }
    assert f"'{FORMULA}" in {row["title"] for row in csv.DictReader((folder / "articles.csv").open(encoding="utf-8"))}
    assert is_whole(folder)
    counted = dict.fromkeys(names, 0)
    for file in manifest(folder)["files"]:
        counted[file["view"]] += file["rows"]
    assert counted == {view: 2 * len(rows(warehouse, view)) for view in names}
    assert not [path for path in folder.parent.iterdir() if path != folder]


@pytest.mark.usefixtures("warehouse")
def test_since_leaves_out_what_was_before_and_what_has_no_date(tmp_path: Path) -> None:
    export(Order(tmp_path / "out", ("articles", "feeds"), since="2026-07-01"))
    assert [row[0] for row in parquet(tmp_path / "out", "articles")] == ["b"]
    assert {file["since"] for file in manifest(tmp_path / "out")["files"]} == {"2026-07-01"}
    export(Order(tmp_path / "out", ("articles",), since="2027-01-01", form=ExportFormat.BOTH))
    assert parquet(tmp_path / "out", "articles") == []
    with duckdb.connect() as plain:  # columns are there, though no row is
        plain.execute(f"SELECT article_id, month FROM '{tmp_path}/out/articles/**/*.parquet'")  # noqa: S608 - a path of ours
    assert is_whole(tmp_path / "out")


def test_another_export_replaces_views_and_nothing_else(warehouse: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    export(Order(folder, ("articles", "statements")))
    (folder / "notes.txt").write_text("mine")
    (folder / "statements.csv").write_text("mine too")
    export(Order(folder, ("articles",), since="2026-07-01"))
    assert [row[0] for row in parquet(folder, "articles")] == ["b"]
    assert parquet(folder, "statements") == rows(warehouse, "statements")
    assert is_whole(folder)
    with pytest.raises(RequestError, match=r"statements.csv: is in the way and was written by no export; move it"):
        export(Order(folder, ("statements",), form=ExportFormat.CSV))
    (folder / "articles" / "month=2026-07" / "mine.txt").write_text("mine")
    with pytest.raises(RequestError, match=r"mine.txt: is in the way"):
        export(Order(folder))
    assert (folder / "notes.txt").read_text() == "mine"
    assert [row[0] for row in parquet(folder, "articles")] == ["b"]
    assert is_whole(folder)
    (folder / "manifest.json").write_text("{}")
    with pytest.raises(RequestError, match=r"manifest.json: was written by no export"):
        export(Order(folder))


def test_an_export_that_is_killed_says_so_and_the_next_puts_it_right(warehouse: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    export(Order(folder, since="2026-07-01"))
    with start_code(DIE, folder, 2) as process:
        process.communicate(timeout=60)
    assert process.returncode < 0
    assert not manifest(folder)["is_complete"]
    assert not is_whole(folder)
    export(Order(folder))
    assert is_whole(folder)
    assert parquet(folder, "articles") == rows(warehouse, "articles")
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".out")]


@pytest.mark.usefixtures("warehouse")
def test_a_wrong_view_and_nothing_published_are_told_in_a_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RequestError, match="artikles: no such view; did you mean `articles`"):
        export(Order(tmp_path / "out", ("artikles",)))
    monkeypatch.setenv("STANCEWATCH_HOME", str(tmp_path / "empty"))
    with pytest.raises(WarehouseError, match="nothing is published yet"):
        export(Order(tmp_path / "out"))
    assert not (tmp_path / "out").exists()


def test_an_export_writes_to_its_folder_and_reaches_nothing_else(warehouse: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    with open_exporter(warehouse, tmp_path / "out") as exporter:
        for sql in (
            f"COPY (SELECT 1) TO '{tmp_path}/stray.csv'",
            f"COPY (SELECT 1) TO '{tmp_path}/out/../stray.csv'",
            "SELECT * FROM read_text('/etc/hostname')",
            f"ATTACH '{warehouse}' AS live",
            "SET allowed_directories = ['/']",
            "SET enable_external_access = true",
            "DELETE FROM store.articles",
        ):
            with pytest.raises(duckdb.Error):
                exporter._connection.execute(sql)
    assert not (tmp_path / "stray.csv").exists()
