"""Files that earlier versions wrote: brought up to date with all that is in them, and no alert told twice."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pytest
from backports import zstd

from extractors.records import Analysis, Document
from flows.analyse import statement_batch
from flows.engine_loading import load_engine
from flows.settings import SHIPPED_CONFIG, locate
from tests.depth import spread
from tests.warehouse.outgoing import due
from tests.warehouse.processes import run_code
from tests.warehouse.timeline import Timeline, at, rule
from warehouse.articles import AnalysedRow, record_analyses, select_articles_to_analyse
from warehouse.database import FOLDER, Warehouse
from warehouse.inspection import inspect_file

if TYPE_CHECKING:
    from extractors.analysis import Analyser

PAST = Path(__file__).parent / "past"
FILES = sorted(PAST.glob("*.zst"))
KEPT = {
    "articles": "article_id, title, text, revision, published_at, first_seen_at, is_live",
    "article_revisions": "article_id, revision, text",
    "statements": "statement_id, article_id, person, text, start_char, end_char, stance, original_id",
    "positions": "article_id, actor_id, stance, statement_id, said_at",
    "events": "event_id, kind, actor_id, article_id, statement_id, stance, previous_statement_id, detected_at",
    "alerts": "alert_id, event_id, destination, rule, created_at",
    "deliveries": "alert_id, destination, attempt, outcome, attempted_at, detail",
    "runs": "run_id, flow, status",
    "drops": "url, stage, reason",
}
RULES = (
    rule(rule="at once", destination="takes"),
    rule(rule="at once", destination="gone"),
    rule(rule="in a digest", destination="later", timing="daily", kinds=("first", "shift", "theme")),
)
INTERRUPT = """
import json, os, signal, sys
from pathlib import Path
import duckdb
from warehouse.database import Warehouse

path = Path(sys.argv[1])

def in_a_process_of_its_own(work):
    child = os.fork()
    if not child:
        work()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

def show():
    with duckdb.connect(str(path), read_only=True) as plain:
        sql = "SELECT name FROM store.migrations WHERE name NOT LIKE 'views %' ORDER BY name"
        names = [name for (name,) in plain.execute(sql).fetchall()]
        counts = [plain.execute(f"SELECT count(*) FROM store.{name}").fetchone()[0] for name in json.loads(sys.argv[2])]
    print(json.dumps([names, counts]), flush=True)

def migrate(passed, end):
    left = passed
    def watch(frame, event, argument):
        nonlocal left
        is_step = event == "return" and frame.f_code is Warehouse.execute.__code__
        if is_step and frame.f_locals["query"] == "insert_migration":
            left -= 1
            if left < 0:
                end()
    sys.setprofile(watch)
    try:
        Warehouse.open(path)
    except KeyboardInterrupt:
        os._exit(7)

def give_up():
    raise KeyboardInterrupt

def kill():
    os.kill(os.getpid(), signal.SIGKILL)

for step in range(100):
    failed = in_a_process_of_its_own(lambda: migrate(0, give_up))
    in_a_process_of_its_own(show)
    killed = in_a_process_of_its_own(lambda: migrate(1, kill))
    in_a_process_of_its_own(show)
    print(json.dumps([failed, killed]), flush=True)
    if not killed:
        break
"""


def unpack(file: Path, folder: Path) -> Path:
    path = folder / file.name.removesuffix(".zst")
    path.write_bytes(zstd.decompress(file.read_bytes()))
    return path


def content(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    with duckdb.connect(str(path), read_only=True) as plain:
        return {
            name: sorted(plain.execute(f"SELECT {columns} FROM store.{name}").fetchall(), key=repr)  # noqa: S608 - ours
            for name, columns in KEPT.items()
        }


@functools.cache
def engine() -> Analyser:
    return load_engine(locate({"STANCEWATCH_CONFIG": str(SHIPPED_CONFIG)}))


@functools.cache
def analyse(document: Document) -> Analysis:
    """By today's engine; the files hold the same articles."""
    return engine().analyse(document)


def run_today(warehouse: Warehouse) -> Timeline:
    """A run of today's program that brings nothing new: everything is read anew by today's engine and settled."""
    version = engine().version
    articles = select_articles_to_analyse(warehouse, version, 100)
    documents = [Document(a.text, a.title, a.byline, a.publisher, a.published_on, a.url) for a in articles]
    found = [(a, analyse(document)) for a, document in zip(articles, documents, strict=True)]
    analysed = [AnalysedRow(a.article_id, a.revision, analysis.themes, version) for a, analysis in found]
    record_analyses(warehouse, analysed, statement_batch(found, version))
    timeline = Timeline(warehouse)
    timeline.detect(*RULES, now=at(2000))
    return timeline


@pytest.mark.parametrize("file", spread(FILES, 4), ids=lambda file: file.name.split(".")[0])
def test_a_file_of_an_earlier_version_keeps_what_is_in_it_and_goes_on(file: Path, tmp_path: Path) -> None:
    path = unpack(file, tmp_path)
    before = content(path)
    assert min(len(before[name]) for name in KEPT if name != "drops") > 0
    Warehouse.open(path).close()
    after = content(path)
    assert after == before
    assert [o for o in inspect_file(path, tmp_path) if not o.is_sound] == []
    with Warehouse.open(path) as warehouse:
        timeline = run_today(warehouse)
        assert timeline.query("SELECT DISTINCT model_version FROM statements") == [(engine().version,)]
        events = {row[0] for row in timeline.query("SELECT event_id FROM store.events")}
        assert events == {row[0] for row in before["events"]}
        alerts = {row[0] for row in timeline.query("SELECT alert_id FROM store.alerts")}
        assert alerts == {row[0] for row in before["alerts"]}
        owed = [(message.destination, message.is_repeat) for message in due(timeline, 2001)]
        assert set(owed) == {("gone", False)}
        sent = {row[0] for row in before["deliveries"] if row[3] == "sent"}
        assert sent == {row[0] for row in timeline.query("SELECT message_id FROM store.messages WHERE status = 'sent'")}


def test_there_is_a_file_of_every_migration_that_was_ever_the_newest() -> None:
    last = {file.name.split(".")[0] for file in FILES}
    named = {file.stem for file in (FOLDER / "migrations").glob("*.sql") if "0002" <= file.name < "0013"}
    assert named <= last


@pytest.mark.deep
def test_a_migration_that_is_interrupted_leaves_the_state_before_it(tmp_path: Path) -> None:
    path = unpack(FILES[0], tmp_path)
    names = ["articles", "statements", "positions", "events", "alerts", "deliveries"]
    counts = [len(content(path)[name]) for name in names]
    known = [file.stem for file in sorted((FOLDER / "migrations").glob("*.sql"))]
    lines = [json.loads(line) for line in run_code(INTERRUPT, path, json.dumps(names)).splitlines()]
    done = known[:2]
    for after_failure, after_kill, (failed, killed) in zip(lines[::3], lines[1::3], lines[2::3], strict=True):
        assert after_failure == [done, counts]
        assert failed == 7
        done = known[: len(done) + 1]
        if killed:
            assert killed == -9
            assert after_kill == [done, counts]
    assert done[-1] == known[-1]
    assert lines[-2][0] == known
    assert lines[-2][1] == counts
