"""`stancewatch sql` by name, from a file, from standard input; tables as wide as the terminal."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from flows.cli import app
from flows.output import Format, render_rows
from flows.table_widths import column_widths
from warehouse.cookbook import load_recipes
from warehouse.database import RequestError
from warehouse.published import Result, query_published

if TYPE_CHECKING:
    from pathlib import Path

    from tests.sample_days import Days

COUNT = "SELECT count(*) AS articles FROM articles"
WORDS = "Trusts must be free to decide how they spend their own money, and to answer for it. " * 3


def said(cooked: Days, *arguments: str, text: str = "") -> tuple[int, str]:
    """Status and output of the command on the cooked warehouse."""
    environment = {"STANCEWATCH_WAREHOUSE": str(cooked.warehouse)}
    done = CliRunner().invoke(app, ["sql", *arguments], env=environment, input=text)
    return done.exit_code, done.stdout


def test_the_list_names_each_question(cooked: Days) -> None:
    status, text = said(cooked, "--list", "--format", "json")
    listed = [(row["name"], row["question"]) for row in json.loads(text)]
    assert (status, listed) == (0, [(recipe.name, recipe.question) for recipe in load_recipes()])


def test_a_named_query_asks_about_whom_it_is_told(cooked: Days) -> None:
    _, own = said(cooked, "--named", "where-one-stands", "--format", "json")
    _, other = said(cooked, "--named", "where-one-stands", "--with", "actor=hartell", "--format", "json")
    assert {row["organisation"] for row in json.loads(own)} == {"NHS Providers"}
    assert [row["actor_name"] for row in json.loads(other)] == ["Sunniva Hartell"]


def test_a_query_comes_from_standard_input_or_a_file(cooked: Days, tmp_path: Path) -> None:
    file = tmp_path / "count.sql"
    file.write_text(COUNT, encoding="utf-8")
    answers = {said(cooked, COUNT), said(cooked, "-", text=COUNT), said(cooked, f"@{file}")}
    ((status, text),) = answers
    assert status == 0
    assert "67" in text


def test_only_one_statement_is_taken(cooked: Days) -> None:
    environment = {"STANCEWATCH_WAREHOUSE": str(cooked.warehouse)}
    for query in (f"{COUNT}; {COUNT}", "-- nothing"):
        with pytest.raises(RequestError, match=r"statements: give one SELECT; a semicolon may stand behind it"):
            query_published(cooked.warehouse, query)
    assert "67" in said(cooked, f"{COUNT}; -- done")[1]
    pivot = "SELECT * FROM (PIVOT (SELECT stance FROM statements) ON stance)"
    assert query_published(cooked.warehouse, pivot).columns[-3:] == ("central", "local", "none")
    done = CliRunner().invoke(app, ["sql", "FROM search()"], env=environment)
    assert str(done.exception).endswith("Candidate macros: search(query)")


def test_lists_in_csv_keep_their_items_apart() -> None:
    text = render_rows(Result(("a", "b", "c"), ((["x, y", "z"], True, None),)), Format.CSV)
    assert text == 'a,b,c\n"[""x, y"", ""z""]",true,\n'


@pytest.mark.parametrize(
    "arguments",
    [(), (COUNT, "--list"), (COUNT, "--with", "actor=x"), ("--named", "where-one-stands", "--with", "actor")],
)
def test_wrong_use_is_two(cooked: Days, arguments: tuple[str, ...]) -> None:
    assert said(cooked, *arguments) == (2, "")


@pytest.mark.parametrize("width", [80, 120])
def test_words_stay_whole_and_lines_within_the_terminal(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    columns = ("other_organisation", "stance", "opposing_themes", "quote")
    rows = (("County Councils Network", "local", ["regulation_oversight", "accountability"], WORDS),)
    text = render_rows(Result(columns, rows), Format.TABLE)
    assert all(len(line) <= width for line in text.splitlines())
    assert {*columns, *WORDS.split(), "regulation_oversight,"} <= {*text.split()}
    assert max(map(len, text.splitlines())) > width - 4  # the room that there is, is used


@pytest.mark.parametrize(("shown", "longest"), [("1", 80), ("0", 300)])
def test_records_are_wrapped_for_eyes_alone(shown: str, longest: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TTY_COMPATIBLE", shown)
    monkeypatch.setenv("NO_COLOR", "1")
    address = "https://news.example/" + "a" * 70
    text = render_rows(Result(("url", "quote"), ((address, f"{WORDS}\n\nAnd more."),)), Format.TABLE)
    lines = [line.replace("\x1b[2m", "").replace("\x1b[0m", "") for line in text.splitlines()]
    assert f"  url  {address}" in lines
    assert max(len(line) for line in lines if address not in line) <= longest
    assert (WORDS.strip() in text) == (shown == "0")
    assert lines[-2] == "       And more."


def test_room_goes_where_rows_are_highest() -> None:
    cells = [["n", "1"], ["quote", "word " * 30], ["note", "word " * 6]]
    assert column_widths(cells, [False] * 3, 60) == [1, 39, 12]
    assert column_widths(cells, [False, True, False], 60) is None
