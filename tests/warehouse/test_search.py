"""Full-text search: words in any form, phrases, edits, whatever is asked, and the index behind it."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.depth import tries
from tests.warehouse.processes import DIE, run_code, start_code
from tests.warehouse.test_database import fill_old_file
from tests.warehouse.timeline import ON_LAKES, PEAKE, TARN, Said, Timeline, at, open_timeline, page
from warehouse import fulltext
from warehouse.database import Warehouse
from warehouse.fulltext import index_texts, merge_segments
from warehouse.published import publish, query_published

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

COLUMNS = (
    "kind score title person organisation stance excerpt matches publisher published_at url article_id statement_id"
)
FREE = "Boards have earned their autonomy and the trust’s leaders must keep it"
BOUND = "Nobody has earned a national autonomy from the minister’s own rules"
EARNED = "We were promised earned autonomy by those who lead the service"
QUOTES = '"“”„‟«»'
INDEX = ("words", "indexed_articles", "indexed_statements", "dead_docs", "segments", "postings", "pairs")
CLIENT = """
import sys
import duckdb
with duckdb.connect(sys.argv[1], read_only=True) as connection:
    loaded = "SELECT count(*) FROM duckdb_extensions() WHERE loaded AND extension_name = 'fts'"
    rows = connection.execute("SELECT excerpt FROM search('earning') WHERE kind = 'statement'").fetchall()
    print(connection.execute(loaded).fetchall(), rows)
"""
KILLED = """
from warehouse.fulltext import index_texts, merge_segments

sys.setprofile(watch)
while index_texts(timeline.warehouse, limit=1):
    merge_segments(timeline.warehouse, 2)
"""


def index(timeline: Timeline, limit: int = 1000) -> None:
    while index_texts(timeline.warehouse, limit):
        pass


def search(timeline: Timeline, query: str) -> list[dict[str, Any]]:
    cursor = timeline.warehouse._connection.execute("FROM search($query)", {"query": query})
    names = [column[0] for column in cursor.description or ()]
    assert names == COLUMNS.split()
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def found(timeline: Timeline, query: str) -> list[str]:
    """The articles that print it, and the words of the statements that do."""
    rows = search(timeline, query)
    return sorted(row["article_id"] if row["kind"] == "article" else row["excerpt"] for row in rows)


def fill(timeline: Timeline) -> Timeline:
    """Three articles, of which two say something of autonomy that is earned."""
    timeline.read(
        page("a", 1, Said(PEAKE, "local", FREE)),
        page("b", 2, Said(TARN, "central", BOUND)),
        page("c", 3, Said(PEAKE, "local", EARNED), opening="Naïve hopes met at the Queen’s Hospital.\n\nNobody came."),
    )
    index(timeline)
    return timeline


@pytest.fixture
def news(timeline: Timeline) -> Timeline:
    return fill(timeline)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Timeline]:
    """The same, for those who only read."""
    with open_timeline(tmp_path_factory.mktemp("told")) as timeline:
        yield fill(timeline)


def test_a_chunk_ends_behind_so_many_words(timeline: Timeline, monkeypatch: pytest.MonkeyPatch) -> None:
    timeline.read(*(page(name, 1, Said(PEAKE, "local", f"{FREE} of {name}"), opening=FREE) for name in "abcde"))
    ((words,),) = timeline.query("SELECT any_value(words) FROM store.articles")
    monkeypatch.setattr(fulltext, "MOST_WORDS", 2 * words)
    assert [index_texts(timeline.warehouse, 4), index_texts(timeline.warehouse, 1)] == [2, 1]
    monkeypatch.setattr(fulltext, "MOST_WORDS", 1)
    assert [index_texts(timeline.warehouse) for _ in range(3)] == [1, 1, 0]
    assert len(found(timeline, "autonomy")) == 10


def test_words_are_found_in_any_form_of_them_best_first(told: Timeline) -> None:
    assert found(told, "LEADING") == sorted(["c", EARNED])
    rows = search(told, "earning autonomies promised")
    assert [row["article_id"] for row in rows] == ["c", "c", "b", "a", "b", "a"]
    assert [row["score"] for row in rows] == sorted((row["score"] for row in rows), reverse=True)
    assert {tuple(row["matches"]) for row in rows} == {("autonomy", "earned", "promised"), ("autonomy", "earned")}


def test_a_hit_shows_what_is_printed_by_whom_and_where(told: Timeline) -> None:
    article, statement = search(told, "minister")
    assert (statement["kind"], statement["person"], statement["stance"]) == ("statement", "Ossian Tarn", "central")
    assert (statement["excerpt"], statement["matches"]) == (BOUND, ["minister’s"])
    assert (article["kind"], article["person"], article["statement_id"]) == ("article", None, None)
    assert article["excerpt"] == f"“{BOUND}” said Ossian Tarn."
    for row in (article, statement):
        shown = [row[name] for name in ("title", "publisher", "published_at", "url", "article_id")]
        assert shown == ["Title of b", "Valley Post", at(2), "https://post.example/b", "b"]


@pytest.mark.parametrize(
    ("query", "articles"),
    [
        ('"earned autonomy"', {"c"}),
        ("“Earned  AUTONOMY”", {"c"}),
        ('"earned their autonomy"', {"a"}),
        ('"autonomy earned"', set()),
        ('"earned a" "own rules"', {"b"}),
        ('"earned autonomy" "own rules"', set()),
        ('"the trust\'s leaders"', {"a"}),
        ('"queen’s hospital"', {"c"}),
        ('"hospital nobody"', set()),
        ('"by those who"', {"c"}),
        ('"by those"', set()),
        ('"leads"', set()),
        ('"lead"', {"c"}),
        ('"title of b"', {"b"}),
    ],
)
def test_what_stands_in_quotation_marks_stands_together(told: Timeline, query: str, articles: set[str]) -> None:
    assert {row["article_id"] for row in search(told, query)} == articles


def test_accents_apostrophes_titles_and_words_never_printed(told: Timeline) -> None:
    assert found(told, "naive queen's") == ["c"]
    assert found(told, "title") == ["a", "b", "c"]
    assert found(told, "promisingly") == sorted(["c", EARNED])
    assert found(told, "of the") == found(told, "zeppelin") == []


def test_of_a_long_text_the_words_around_the_match_are_shown_as_printed(timeline: Timeline) -> None:
    opening = " ".join(f"word{n}," for n in range(300)) + "\n\nSay “it – again”"
    timeline.read(page("a", 1, opening=opening))
    index(timeline)
    (row,) = search(timeline, "word200")
    assert row["excerpt"] == " ".join(f"word{n}," for n in range(190, 240))
    assert [row["excerpt"] for row in search(timeline, "again")] == ["Say “it – again”"]


def test_an_edit_is_found_by_its_new_words_only(news: Timeline) -> None:
    news.store(page("a", 1, Said(PEAKE, "local", f"Boards of Wessex kept it, {FREE}"), fetched_at=at(9)))
    news.store(page("c", 3, Said(PEAKE, "local", "Promises are forgotten"), fetched_at=at(9)))
    index(news)
    assert found(news, "earned autonomy") == sorted(
        ["a", "b", BOUND, FREE, EARNED]
    )  # what is said changes when it is analysed
    news.analyse()
    index(news)
    assert found(news, "lead") == []
    assert found(news, "wessex") == sorted(["a", f"Boards of Wessex kept it, {FREE}"])
    assert found(news, '"earned autonomy"') == []


def test_statements_that_a_newer_engine_drops_are_not_found_until_another_finds_them(news: Timeline) -> None:
    for version, statements in (("engine-2", []), ("engine-3", [BOUND])):
        said = tuple(Said(TARN, "central", text) for text in statements)
        news.pages["b"] = page("b", 2, Said(TARN, "central", BOUND), found=said)
        news.analyse(version)
        index(news)
        assert found(news, "minister") == sorted(["b", *statements])


def test_what_is_dead_is_dropped_when_segments_merge_and_answers_stay(news: Timeline) -> None:
    for day, text in enumerate(("Ponies graze", "Ponies rest", "Ponies earned it"), start=10):
        news.store(page("p", 4, Said(PEAKE, "none", "They pull together"), opening=text, fetched_at=at(day)))
        index(news)
    news.pages["b"] = page("b", 2, Said(TARN, "central", BOUND), found=())
    news.analyse("engine-2")
    index(news)
    queries = ("ponies", "earned autonomy", '"earned autonomy"', "graze", "minister")
    before = [search(news, query) for query in queries]
    assert [len(rows) for rows in before] == [1, 6, 2, 0, 1]
    assert list(iter(lambda: merge_segments(news.warehouse, 2), 0)) == [4, 2]
    assert [search(news, query) for query in queries] == before
    assert news.query("SELECT count(*) FROM store.dead_docs") == [(0,)]
    assert news.query("SELECT kind, count(*) FROM store.segments GROUP BY kind ORDER BY kind") == [
        ("article", 1),
        ("statement", 1),
    ]
    assert news.query(
        "SELECT kind, count(DISTINCT doc >> 5) FROM (SELECT segment, unnest(docs) AS doc FROM store.postings)"
        " JOIN store.segments USING (segment) GROUP BY kind ORDER BY kind"
    ) == [("article", 4), ("statement", 3)]
    news.pages["b"] = page("b", 2, Said(TARN, "central", BOUND))
    news.analyse("engine-3")
    index(news)
    assert found(news, "minister") == sorted(["b", BOUND])


def test_indexing_again_changes_nothing_and_another_version_begins_anew(
    news: Timeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {table: news.table(f"store.{table}") for table in INDEX}
    assert index_texts(news.warehouse) == 0
    assert {table: news.table(f"store.{table}") for table in INDEX} == before
    monkeypatch.setattr(fulltext, "INDEX_VERSION", "other")
    assert index_texts(news.warehouse) == 3
    after = {table: news.table(f"store.{table}") for table in INDEX}
    assert {row[-1] for row in after.pop("indexed_articles")} == {"other"}
    assert after == {table: rows for table, rows in before.items() if table != "indexed_articles"}


def test_chunks_make_the_same_answers_as_all_at_once(tmp_path: Path) -> None:
    pages = [
        page(f"a{n}", n + 1, Said(PEAKE, "local", f"{FREE} on day {n} {n * 'autonomy '}".strip())) for n in range(5)
    ]
    answers = []
    for name, limit in (("one", 1), ("all", 1000)):
        with open_timeline(tmp_path, name) as timeline:
            timeline.read(*pages)
            index(timeline, limit)
            rows = [search(timeline, query) for query in ("autonomy day", '"their autonomy" 3')]
            answers.append([[{**row, "score": round(row["score"], 2)} for row in each] for each in rows])
    assert answers[0] == answers[1]
    assert [len(each) for each in answers[0]] == [10, 10]


def test_an_old_warehouse_is_indexed_chunk_by_chunk(tmp_path: Path) -> None:
    path = tmp_path / "old.duckdb"
    fill_old_file(path)
    with Warehouse.open(path) as warehouse:
        timeline = Timeline(warehouse)
        assert [search(timeline, "leaving"), index_texts(warehouse, 1), index_texts(warehouse, 1)] == [[], 1, 0]
        assert found(timeline, "leaving") == ["Leave it to us", "a"]


HOSTILE = [
    '"',
    '""',
    '" "',
    '"a',
    "%",
    "_",
    "\\",
    "(",
    "[a-",
    "'; DROP TABLE store.words; --",
    "*",
    "\x00",
    "“”„",
    "$1",
]


@pytest.mark.parametrize("query", [*HOSTILE, None, "x" * 100_000, '"a" ' * 1000, "earned " * 5000])
def test_no_query_is_an_error(told: Timeline, query: str | None) -> None:
    rows = told.warehouse._connection.execute("FROM search($query)", {"query": query}).fetchall()
    assert len(rows) == (6 if query and query.startswith("earned") else 0)


@settings(max_examples=tries(10), suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(query="\0\x80")
@given(query=st.text(st.sampled_from("aE\"“'’%\\([{*+?|^$.;-- \n\0éß字") | st.characters(), max_size=40))
def test_whatever_is_asked_beside_a_word_the_word_is_found(told: Timeline, query: str) -> None:
    unquoted = query.translate(dict.fromkeys(map(ord, QUOTES), " "))
    rows = search(told, f"{unquoted} trust")
    assert {"a"} <= {row["article_id"] for row in rows}
    search(told, query)


@pytest.mark.skipif(ON_LAKES, reason="a lake has no published file")
def test_a_plain_client_searches_the_published_file_without_any_extension(news: Timeline) -> None:
    path = publish(news.warehouse)
    printed = run_code(CLIENT, path)
    assert printed.startswith("[(0,)] ")
    assert all(text in printed for text in (FREE, BOUND, EARNED))
    assert len(query_published(news.warehouse.path, "FROM search('autonomy')").rows) == 6


def test_an_empty_warehouse_finds_nothing_and_needs_no_extension(
    timeline: Timeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Warehouse, "load_extension", None)
    assert index_texts(timeline.warehouse) == merge_segments(timeline.warehouse) == 0
    assert search(timeline, "autonomy") == search(timeline, '"earned autonomy"') == []


@pytest.mark.skipif(ON_LAKES, reason="kills who holds a file")
@pytest.mark.parametrize("moment", ["c_return commit", "step 25"])
def test_killed_anywhere_indexing_goes_on_and_answers_are_the_same(tmp_path: Path, moment: str) -> None:
    pages = [page(f"a{n}", n + 1, Said(PEAKE, "local", f"{FREE} on day {n}")) for n in range(3)]
    answers = []
    for name in ("killed", "whole"):
        with open_timeline(tmp_path, name) as timeline:
            timeline.read(*pages)
        if name == "killed":
            with start_code(DIE + KILLED, tmp_path / "killed.duckdb", moment) as process:
                process.communicate()
            assert process.returncode == -signal.SIGKILL
        with Warehouse.open(tmp_path / f"{name}.duckdb") as warehouse:
            timeline = Timeline(warehouse)
            index(timeline, 1)
            answers.append(search(timeline, "autonomy earned"))
    assert answers[0] == answers[1]
    assert len(answers[0]) == 6
