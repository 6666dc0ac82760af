"""The command line as a user runs it: real processes, real files."""

from __future__ import annotations

import csv
import errno
import gzip
import io
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pytest
from typer.main import get_command

from flows.cli import IN_ORDER, advice_for, app
from flows.newsroom import load_newsroom
from flows.output import Format, render_rows
from tests.command import at_home as stancewatch
from tests.command import command, new_home
from tests.warehouse.processes import run_code
from warehouse.published import Result

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
LOG_TO_PREFECT = """
import os, sys
os.environ["PREFECT_API_URL"] = sys.argv[1]
from flows.prefect_setup import in_one_line
with in_one_line():
    from prefect.logging.handlers import APILogWorker
    APILogWorker.instance().send({"name": "stancewatch", "level": 20, "message": "a run of before it was killed"})
APILogWorker.drain_all()
"""
SEEDS = ROOT.parent / "shared" / "seeds"
TEXT = (
    "Trusts must be free to decide how they spend their own money, said Petronella Vance, chief executive of NHS"
    " Providers. “Whitehall should stop dictating to boards that know their patients,” she added.\n\n"
    "The car park will reopen on Monday.\n"
)


def article(number: int) -> dict[str, Any]:
    return {
        "id": f"a{number}",
        "url": f"https://news.example/{number}",
        "publisher": "Example News",
        "title": f"Story {number}",
        "published": f"2026-03-{number:02}",
        "first_seen": f"2026-03-{number:02}T12:00:00Z",
        "text": TEXT.replace("Monday", f"day {number}"),
    }


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return new_home(tmp_path)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with one article, for questions that change nothing."""
    home = new_home(tmp_path_factory.mktemp("published"))
    done = stancewatch(home, "import", write_lines(home, [article(1)]))
    assert done.returncode == 0, done.stderr
    return home


def write_lines(home: Path, lines: list[object]) -> str:
    file = home / "in.jsonl"
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    file.write_text("\n".join(texts) + "\n", encoding="utf-8")
    return str(file)


def rows(home: Path, sql: str) -> list[dict[str, Any]]:
    done = stancewatch(home, "sql", sql, "--format", "json")
    assert done.returncode == 0, done.stderr
    result: list[dict[str, Any]] = json.loads(done.stdout)
    return result


def content(home: Path) -> list[list[tuple[Any, ...]]]:
    with duckdb.connect(str(home / "data" / "warehouse.duckdb"), read_only=True) as connection:
        views = ("articles", "statements", "stance_events")
        return [connection.execute(f"SELECT * FROM {view} ORDER BY ALL").fetchall() for view in views]  # noqa: S608


def test_import_of_the_same_file_twice_changes_nothing(home: Path) -> None:
    file = write_lines(home, [article(number) for number in range(1, 11)])
    first = stancewatch(home, "import", file)
    assert first.returncode == 0, first.stderr
    assert first.stdout.startswith("10 lines taken; 10 new articles")
    before = content(home)
    again = stancewatch(home, "import", file)
    assert again.stdout == "10 lines taken; nothing new\n"
    assert content(home) == before
    assert [row["article_id"] for row in rows(home, "SELECT article_id FROM articles ORDER BY published_at")] == [
        f"a{number}" for number in range(1, 11)
    ]
    assert rows(home, "SELECT count(*) AS n FROM stance_events") == [{"n": 0}]


def test_live_import_makes_one_event_and_repeats(home: Path) -> None:
    file = write_lines(home, [article(number) for number in range(1, 4)])
    (home / "config" / "alerts.yml").write_text("detection: {minimum_confidence: 0.2}\n", encoding="utf-8")
    assert stancewatch(home, "import", file, "--live").returncode == 0
    kinds = rows(home, "SELECT kind, person, stance FROM stance_events ORDER BY published_at")
    assert [kind["kind"] for kind in kinds] == ["first", "repeat", "repeat"]
    assert {kind["person"] for kind in kinds} == {"Petronella Vance"}
    assert stancewatch(home, "import", file, "--live").stdout == "3 lines taken; nothing new\n"


def test_a_bad_line_costs_that_line(home: Path) -> None:
    lines: list[object] = [
        article(1),
        "{not json",
        "[]",
        {"title": "no id"},
        {"id": "x", "text": ""},
        {"id": "y", "text": "words", "published": "yesterday"},
        {"id": "z", "text": 5},
        article(2),
    ]
    done = stancewatch(home, "import", write_lines(home, lines))
    assert done.returncode == 0
    said = done.stderr.splitlines()
    assert len(said) == 6
    assert [line.split(":")[2] for line in said] == ["2", "3", "4", "5", "6", "7"]
    assert "is not JSON" in said[0]
    assert len(rows(home, "SELECT * FROM articles")) == 2
    assert len(rows(home, "SELECT * FROM drops WHERE stage = 'import'")) == 6


def test_sql_prints_what_was_asked_for_and_nothing_else(published: Path) -> None:
    query = "SELECT '=cmd|x' AS danger, title, words > 5 AS is_long, NULL AS nothing FROM articles"
    table = stancewatch(published, "sql", query).stdout
    assert "danger" in table
    assert "1 row" in table
    rows_csv = list(csv.reader(io.StringIO(stancewatch(published, "sql", query, "--format", "csv").stdout)))
    assert rows_csv == [["danger", "title", "is_long", "nothing"], ["'=cmd|x", "Story 1", "true", ""]]
    markdown = stancewatch(published, "sql", query, "--format", "md").stdout
    assert markdown.splitlines()[2] == "| =cmd\\|x | Story 1 | True |  |"


@pytest.mark.parametrize(
    ("query", "words", "status"),
    [
        ("SELECT nothing FROM articles", "nothing", 1),
        ("SELEC 1", "syntax error", 1),
        ("DROP TABLE store.articles", "read-only", 1),
        ("COPY (SELECT 1) TO 'x.csv'", "this writes files: give one SELECT", 2),
        ("SELECT * FROM read_text('/etc/passwd')", "disabled", 1),
    ],
)
def test_sql_refuses_with_one_line(published: Path, query: str, words: str, status: int) -> None:
    done = stancewatch(published, "sql", query)
    assert done.returncode == status
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert words in done.stderr


def test_sql_may_begin_with_a_comment(published: Path) -> None:
    done = stancewatch(published, "sql", "-- how many\nSELECT 7 AS number", "--format", "csv")
    assert (done.returncode, done.stdout.split(), done.stderr) == (0, ["number", "7"], "")
    assert "No such option: --formt" in stancewatch(published, "sql", "SELECT 1", "--formt", "csv").stderr


@pytest.mark.parametrize("arguments", [["sql", "SELECT 1"], ["explain", "x"], ["alerts", "list"]])
def test_nothing_published_yet(home: Path, arguments: list[str]) -> None:
    done = stancewatch(home, *arguments)
    assert done.returncode == 1
    assert "nothing is published yet" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_prefect_server_that_does_not_answer_is_one_line(home: Path) -> None:
    places = {"STANCEWATCH_CONFIG": str(home / "config"), "STANCEWATCH_HOME": str(home / "data")}
    done = command({**places, "PREFECT_API_URL": "http://127.0.0.1:9/api"}, "run")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("stancewatch: Prefect's server at http://127.0.0.1:9/api does not answer; start it")
    assert len(done.stderr.splitlines()) == 1


class Headless(BaseHTTPRequestHandler):
    """A Prefect server whose database is gone: it tells its version, and fails at all else."""

    def do_GET(self) -> None:
        is_version = self.path == "/api/admin/version"
        self._answer(200 if is_version else 500, json.dumps(version("prefect")) if is_version else "{}")

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"] or 0))
        self._answer(500, '{"exception_message": "Internal Server Error"}')

    def log_message(self, *_: object) -> None:
        """Keep quiet."""

    def _answer(self, status: int, text: str) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())


@pytest.fixture
def headless() -> Iterator[str]:
    """The address of the API of such a server."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Headless) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/api"
        server.shutdown()


def test_log_records_that_prefects_server_refuses_print_nothing(headless: str) -> None:
    assert not run_code(LOG_TO_PREFECT, headless)


def test_a_prefect_server_without_its_database_is_one_line(home: Path, headless: str) -> None:
    places = {"STANCEWATCH_CONFIG": str(home / "config"), "STANCEWATCH_HOME": str(home / "data")}
    done = command({**places, "PREFECT_API_URL": headless}, "run")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(
        f"stancewatch: Prefect's server at {headless} answers with status 500; look at its log"
    )
    assert len(done.stderr.splitlines()) == 1


def test_wrong_use_is_two(home: Path) -> None:
    assert stancewatch(home, "sql").returncode == 2
    assert stancewatch(home, "nonsense").returncode == 2
    assert stancewatch(home, "feeds", "add", "https://news.example/", "--publisher", "X", "--kind", "y").returncode == 2
    assert stancewatch(home, "sql", "--named", "no-such-question").returncode == 2
    assert stancewatch(home, "import", "/no/such/file.jsonl").returncode == 1


def all_commands(program: Any, words: tuple[str, ...] = ()) -> Iterator[str]:
    """Every command that does something when it is called, those of groups too."""
    groups = getattr(program, "commands", {})
    if words and (not groups or program.invoke_without_command):
        yield " ".join(words)
    for name, below in groups.items():
        yield from all_commands(below, (*words, name))


@pytest.mark.parametrize("words", all_commands(get_command(app)))
def test_help_has_an_example(words: str) -> None:
    done = command({"COLUMNS": "100"}, *words.split(), "--help")
    assert done.returncode == 0
    assert f"Example: stancewatch {words}" in " ".join(done.stdout.split())


def test_help_of_trace_names_all_that_it_follows() -> None:
    said = " ".join(command({"COLUMNS": "100"}, "trace", "--help").stdout.split())
    assert all(kind in said for kind in ("page", "feed", "article", "statement", "event", "alert", "message"))


def test_help_lists_every_command_whole_and_the_first_to_try_first() -> None:
    listed = command({"COLUMNS": "80"}, "--help").stdout.partition("Commands:\n")[2].splitlines()
    assert [line.split()[0] for line in listed] == list(IN_ORDER)
    assert not [line for line in listed if line.endswith("...")]


def test_unreadable_warehouse_is_one_line(home: Path) -> None:
    (home / "data" / "warehouse.duckdb").write_text("this is no database, but a text of some length\n" * 200)
    done = stancewatch(home, "import", write_lines(home, [article(1)]))
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "warehouse.duckdb" in done.stderr


def test_extract_prints_the_article_of_each_page(home: Path) -> None:
    site = load_newsroom()[0]
    first = site.on_day(1)[0]
    page = site.pages(1, "http://127.0.0.1:1")[first.path].body
    (home / "page.html").write_bytes(page)
    (home / "page.html.gz").write_bytes(gzip.compress(page))
    done = stancewatch(home, "extract", "--format", "jsonl", str(home / "page.html"), str(home / "page.html.gz"))
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [set(record) for record in records] == [
        {"file", "title", "byline", "published", "publisher", "language", "text"}
    ] * 2
    assert records[0]["text"] == records[1]["text"]
    assert records[0]["title"] == first.title
    missing = stancewatch(home, "extract", str(home / "none.html"))
    assert missing.returncode == 1
    assert "none.html" in missing.stderr


def test_analyse_a_text_from_standard_input(home: Path) -> None:
    done = stancewatch(home, "analyse", "-", "--format", "json", text=TEXT)
    analysis = json.loads(done.stdout)
    assert set(analysis) == {"id", "statements", "actors", "themes"}
    assert analysis["statements"]
    for statement in analysis["statements"]:
        assert TEXT[statement["start"] : statement["end"]] == statement["text"]
        start, end = statement["evidence"]
        assert statement["start"] <= start < end <= statement["end"]
        assert statement["person"] == "Petronella Vance"
        assert statement["organisation"] == "NHS Providers"
    assert analysis["actors"][0]["stance"] == "local"


def test_analyse_articles_of_a_file_line_by_line(home: Path) -> None:
    file = write_lines(home, [{"id": "one", "text": TEXT}, "oops", {"id": "two", "text": "Nothing was said."}])
    done = stancewatch(home, "analyse", file, "--format", "jsonl")
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["one", "two"]
    assert "in.jsonl:2" in done.stderr


def test_explain_a_stored_article_by_address(home: Path) -> None:
    assert stancewatch(home, "import", write_lines(home, [article(1)])).returncode == 0
    by_url = stancewatch(home, "explain", "https://news.example/1")
    assert by_url.returncode == 0
    assert "Petronella Vance" in by_url.stdout
    assert stancewatch(home, "explain", "a1").stdout == by_url.stdout
    assert "revision" not in by_url.stdout
    assert stancewatch(home, "explain", "unknown").returncode == 1
    edited = article(1) | {"text": f"{TEXT}\n\nThe report was put off."}
    assert stancewatch(home, "import", write_lines(home, [edited])).returncode == 0
    assert "This is revision 2;" in stancewatch(home, "explain", "a1").stdout


def test_opml_goes_out_and_comes_in(home: Path) -> None:
    feeds = home / "config" / "feeds.yml"
    feeds.write_text(
        "feeds:\n  - {id: one, publisher: 'A & B', kind: blog, homepage: 'https://a.example/', url: 'https://a.example/f'}\n",
        encoding="utf-8",
    )
    out = stancewatch(home, "feeds", "export-opml").stdout
    (home / "feeds.opml").write_text(out.replace("https://a.example/f", "https://b.example/f"), encoding="utf-8")
    assert stancewatch(home, "feeds", "import-opml", str(home / "feeds.opml")).stdout.startswith("1 feeds added")
    listed = json.loads(stancewatch(home, "feeds", "list", "--format", "json").stdout)
    assert [(feed["feed_id"], feed["publisher"]) for feed in listed] == [("one", "A & B"), ("a-b", "A & B")]


@pytest.mark.parametrize("width", [40, 80, 120, 160])
def test_what_is_copied_is_never_cut(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    whole = ("0123456789abcdef", "https://news.example/a-story/of-some-length", "stancewatch trace 0123456789abcdef")
    quote = "Trusts must be free to decide how they spend their own money, and to answer for it. " * 2
    columns = ("event_id", "quote", "who", "url", "then")
    text = render_rows(Result(columns, ((whole[0], quote, "Petronella Vance", whole[1], whole[2]),)), Format.TABLE)
    assert all(piece in text for piece in whole)
    assert text.startswith("── 1 ") == (width < 130)
    assert all(len(line) <= width for line in text.splitlines()) or width < 130


@pytest.mark.parametrize("width", [60, 400])
def test_what_a_search_matched_is_bold_in_its_excerpt_on_a_terminal(
    monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    result = Result(
        ("excerpt", "matches", "url"),
        (("a trust’s trust, not distrust (a)", ["trust", "trust’s"], "u" * 40), ("a", None, "")),
    )
    monkeypatch.setenv("COLUMNS", str(width))
    plain = render_rows(result, Format.TABLE)
    assert "\x1b" not in plain
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    bold = render_rows(result, Format.TABLE)
    assert "a \x1b[1mtrust’s\x1b[0m \x1b[1mtrust\x1b[0m, not distrust (a)" in bold
    assert [render_rows(result, form).count("\x1b") for form in (Format.CSV, Format.JSON, Format.MD)] == [0, 0, 0]


def test_a_test_for_nobody_names_those_there_are(home: Path) -> None:
    (home / "config" / "alerts.yml").write_text(
        "destinations: {mail: {url: 'json://127.0.0.1:9/'}}\n", encoding="utf-8"
    )
    done = stancewatch(home, "alerts", "test", "mial")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "stancewatch: no destination 'mial'; there are: mail\n"


def test_a_preview_without_rules_says_so(published: Path) -> None:
    done = stancewatch(published, "alerts", "preview", "--since", "2025-01-01", "--format", "json")
    assert (done.returncode, done.stdout) == (0, "[]\n")
    assert done.stderr.endswith("alerts.yml: nothing would be sent\n")
    wrong = stancewatch(published, "alerts", "preview", "--since", "yesterday")
    assert wrong.returncode == 2
    assert wrong.stderr == "stancewatch: --since 'yesterday' is no date; write it like 2025-01-31\n"


def test_doctor_says_what_to_do(home: Path) -> None:
    (home / "config" / "alerts.yml").write_text(
        "destinations: {mail: {url: 'mailtos://${NO_SUCH_SECRET}@example.org'}}\n"
        "rules: [{name: all, destinations: [mail], actors: [NHS Providres, Nobody Known, nhs england]}]\n",
        encoding="utf-8",
    )
    (home / "config" / "templates").mkdir()
    (home / "config" / "templates" / "test.txt.j2").write_text("{{ view.sentense }}", encoding="utf-8")
    done = stancewatch(home, "doctor")
    assert done.returncode == 1
    bad = [line for line in done.stdout.splitlines() if line.startswith("broken ")]
    assert len(bad) == 3
    assert "test.txt.j2, line 1: there is no value 'sentense' there" in bad[0]
    assert bad[1].startswith(
        "broken secrets: NO_SUCH_SECRET: not set; destination mail needs it; set NO_SUCH_SECRET in"
    )
    assert bad[2] == "broken destinations: mail: needs NO_SUCH_SECRET in the environment; set it"
    rules = [line for line in done.stdout.splitlines() if line.startswith("look   configuration: rules: ")]
    assert [line.rpartition("; ")[2] for line in rules] == [
        "did you mean 'NHS Providers'?",
        "it fits once somebody of that name is quoted",
    ]


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the user's seed documents are not beside the project")
@pytest.mark.parametrize(
    ("number", "people"),
    [
        (0, {"James Mackey": "NHS England"}),
        (1, {"Niall Dickson": "NHS Confederation"}),
        (2, {"Rob Webster": "NHS Confederation"}),
        (3, {"Andrew Goodall": "NHS Wales", "Malcolm Summers": "NHS Scotland", "Stephen Dorrell": "NHS Confederation"}),
        (4, {"Chris Hopson": "NHS Providers"}),
    ],
)
def test_seeds_give_their_speakers_and_no_furniture(home: Path, number: int, people: dict[str, str]) -> None:
    file = next(SEEDS.glob(f"00{number}_*.txt"))
    analysis = json.loads(stancewatch(home, "analyse", str(file), "--format", "json").stdout)
    text = file.read_text(encoding="utf-8")
    found = {(s["person"], s["organisation"]) for s in analysis["statements"]}
    assert set(people.items()) <= found
    for statement in analysis["statements"]:
        assert text[statement["start"] : statement["end"]] == statement["text"]
        for furniture in ("Leave a Reply", "Related News", "Latest News from", "Share this article", "Required fields"):
            assert furniture not in statement["text"]
    stances = {actor["person"]: actor["stance"] for actor in analysis["actors"]}
    assert all(stances[name] == "local" for name in ("Rob Webster", "Niall Dickson") if name in stances)


def test_where_nothing_may_be_written_there_is_advice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STANCEWATCH_HOME", str(tmp_path / "data"))
    denied = PermissionError(errno.EACCES, "Permission denied", str(tmp_path / "data" / "prefect"))
    assert advice_for(denied) == "; give this user permission, or set STANCEWATCH_HOME"
    read_only = OSError(errno.EROFS, "Read-only file system", str(tmp_path / "elsewhere"))
    assert advice_for(read_only) == "; give this user permission"
    assert advice_for(FileNotFoundError(errno.ENOENT, "No such file", str(tmp_path / "data" / "x"))) == ""
