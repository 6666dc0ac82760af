"""`stancewatch import` of articles whose labels come with them: they are the truth, whoever says otherwise later."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from flows import given, imports
from flows.cli_text import TextFormat
from flows.relabel import relabel_history
from flows.settings import SHIPPED_CONFIG
from flows.texts import analyse_file
from tests.flows.import_desk import FREE, RULES, ImportDesk, line, said

ROOT = Path(__file__).parents[2]
OPENING = "The board met on Monday."
QUOTED = f"“{FREE},” said Dame Rosalind Peake, chair of Mid Weald ICB."
TEXT = f"{OPENING}\n\n{QUOTED}"
START = TEXT.index(FREE)
END = START + len(FREE)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ImportDesk:
    desk = ImportDesk(tmp_path)
    for name, value in desk.environment.items():
        monkeypatch.setenv(name, value)
    return desk


def test_labels_are_stored_with_canonical_names_and_defaults(desk: ImportDesk) -> None:
    actor = {"person": "Sir Jim Mackey", "role": "chief  executive", "organisation": "NHSE"}
    labels = [{"start": START, "end": END, "stance": "local", "actor": actor}]
    desk.load(line("a1", 1, OPENING, QUOTED, statements=labels))
    columns = (
        "SELECT text, person, role, organisation, actor_type, quote_kind, stance, stance_score, confidence, evidence,"
        " themes, model_version, corrected FROM statements"
    )
    who = ("James Mackey", "chief executive", "NHS England", "national_body")
    label = ("direct", "local", 1.0, 1.0, FREE, ["autonomy_control"], "given", False)
    assert desk.rows(columns) == [(FREE, *who, *label)]
    assert desk.rows("SELECT themes FROM articles") == [(["autonomy_control"],)]
    assert desk.rows("SELECT len(numbers) FROM store.meanings JOIN statements USING (statement_id)") == [(64,)]
    assert desk.events() == [("a1", "first", "James Mackey", "local", None)]


def test_variants_of_a_name_and_changes_of_body_are_one_person(desk: ImportDesk) -> None:
    desk.load(
        line(
            "a1", 1, FREE, statements=[said(FREE, "local", person="Dame Rosalind Peake", organisation="Mid Weald ICB")]
        ),
        line(
            "a2", 2, RULES, statements=[said(RULES, "central", person="Rosalind Peake OBE", organisation="Hill Trust")]
        ),
    )
    assert desk.events() == [
        ("a1", "first", "Rosalind Peake", "local", None),
        ("a2", "shift", "Rosalind Peake", "central", "local"),
    ]


def test_what_analyse_prints_can_be_fed_back(desk: ImportDesk, capsys: pytest.CaptureFixture[str]) -> None:
    unlabelled = line("a1", 1, OPENING, QUOTED, f"She added that {RULES.lower()}.", statements=None)
    desk.load(unlabelled)
    columns = "SELECT * EXCLUDE (model_version, actor_id) FROM statements ORDER BY start_char"
    engines, events = desk.rows(columns), desk.events()
    assert engines
    capsys.readouterr()
    analyse_file(desk.write(unlabelled), TextFormat.JSONL)
    printed = json.loads(capsys.readouterr().out)
    desk.load(unlabelled | printed)
    assert desk.rows(columns) == engines
    assert desk.rows("SELECT DISTINCT model_version FROM statements") == [("given",)]
    assert desk.events() == events


def test_nobody_says_anything_where_the_list_is_empty(desk: ImportDesk) -> None:
    desk.load(line("a1", 1, OPENING, QUOTED))
    assert desk.rows("SELECT count(*) FROM statements") == [(0,)]
    assert desk.events() == []


def test_labels_hold_for_any_language(desk: ImportDesk) -> None:
    welsh = "Dylai pob bwrdd gael penderfynu drosto'i hun sut i wario'r arian sydd ganddo, meddai'r cadeirydd ddoe."
    desk.load(line("a1", 1, welsh, statements=[said("penderfynu drosto'i hun", "local")]))
    assert desk.rows("SELECT language FROM articles WHERE language IN ('en', '')") == []
    assert len(desk.events()) == 1


def test_no_engine_labels_them_later(desk: ImportDesk) -> None:
    words = "Ministers must set targets for every ward in the country, and must enforce them"
    desk.load(
        line("a1", 1, f"“{words},” said Rosalind Peake, chair of Mid Weald ICB.", statements=[said(words, "local")])
    )
    before = desk.content()
    (desk.home / "config" / "themes.yml").write_text(
        (SHIPPED_CONFIG / "themes.yml").read_text(encoding="utf-8") + "# ours\n", encoding="utf-8"
    )
    assert relabel_history().startswith("0 articles relabelled")
    desk.load(line("a2", 2, OPENING))
    after = desk.content()
    assert after[2] == before[2]
    assert after[3] == before[3]


def test_names_are_placed_anew_when_the_actor_book_changes(desk: ImportDesk) -> None:
    desk.load(line("a1", 1, QUOTED, statements=[said(FREE, "local", organisation="Wealders")]))
    book = (SHIPPED_CONFIG / "actors.yml").read_text(encoding="utf-8")
    entry = "organisations:\n  - {name: Guild of the Weald, kind: union_professional, aliases: [Wealders]}\n"
    (desk.home / "config" / "actors.yml").write_text(book.replace("organisations:\n", entry, 1), encoding="utf-8")
    desk.load(line("a2", 2, OPENING))
    assert desk.rows("SELECT organisation, actor_type, stance, model_version FROM statements") == [
        ("Guild of the Weald", "union_professional", "local", "given")
    ]


def test_the_later_line_wins(desk: ImportDesk) -> None:
    def load(statements: list[Any] | None) -> list[tuple[Any, ...]]:
        desk.load(line("a1", 1, OPENING, QUOTED, statements=statements))
        return desk.rows("SELECT stance, model_version = 'given' FROM statements")

    assert load([said(FREE, "central")]) == [("central", True)]
    assert load([said(FREE, "balanced")]) == [("balanced", True)]
    assert load([said(FREE, "balanced")]) == [("balanced", True)]
    assert load([]) == []
    assert load(None) == [("local", False)]
    assert load([said(FREE, "central")]) == [("central", True)]


def test_labels_belong_to_the_text_they_were_made_for(desk: ImportDesk) -> None:
    desk.load(line("a1", 1, OPENING, QUOTED, statements=[said(FREE, "central")]))
    edited = line("a1", 1, OPENING, QUOTED, "Tea was served.", statements=None, first_seen="2026-03-02T12:00:00Z")
    desk.load(edited)
    assert desk.rows("SELECT stance, model_version = 'given' FROM statements") == [("local", False)]


BAD: list[tuple[Any, str]] = [
    (
        {"start": START, "end": 9999},
        f"statements[0]: start {START} and end 9999 do not fit a text of {len(TEXT)} characters",
    ),
    ({"start": END, "end": START}, f"statements[0]: start {END} and end {START} do not fit"),
    ({"start": -1, "end": 5}, "statements[0].start is -1"),
    ({"start": "1", "end": 5}, 'statements[0].start is "1"'),
    ({"start": START}, "statements[0].end is null"),
    (
        {"start": START, "end": END, "text": "other words"},
        'statements[0].text "other words" differs from what stands there',
    ),
    ({"text": "the"}, 'statements[0].text "the" does not stand'),
    ({"text": "o"}, 'statements[0].text "o" stands more than once'),
    ({}, "statements[0] has neither start and end nor text"),
    ({"text": FREE, "stance": "locl"}, 'statements[0].stance is "locl"; did you mean local?'),
    ({"text": FREE, "stance": "xyz"}, "write one of local, central, balanced, none"),
    ({"text": FREE, "stance": None}, "statements[0].stance is missing"),
    ({"text": FREE, "themes": ["financ"]}, 'statements[0].themes[0] is "financ"; did you mean finance?'),
    ({"text": FREE, "themes": "finance"}, "statements[0].themes is str"),
    ({"text": FREE, "actor_type": "goverment"}, "did you mean government?"),
    ({"text": FREE, "quote_kind": "quoted"}, "statements[0].quote_kind"),
    ({"text": FREE, "confidence": 1.5}, "statements[0].confidence is 1.5; write a number from 0 to 1"),
    ({"text": FREE, "confidence": True}, "statements[0].confidence is true"),
    ({"text": FREE, "stance_score": float("nan")}, "statements[0].stance_score is NaN"),
    ({"text": FREE, "evidence": [0, 5]}, "statements[0].evidence [0, 5] lies outside its statement"),
    ({"text": FREE, "evidence": [START]}, "statements[0].evidence is"),
    ({"text": FREE, "person": 5}, "statements[0].person is int"),
    ({"text": FREE, "actor": "Rosalind Peake"}, "statements[0].actor is str"),
    ({"text": FREE, "organisation": "A", "actor": {"organisation": "B"}}, "write one of them"),
    ({"text": FREE, "organization": "A"}, "statements[0].organization is no key; did you mean organisation?"),
    ({"text": FREE, "actor": {"persons": "A"}}, "statements[0].actor.persons is no key; did you mean person?"),
    ("words", "statements[0] is str"),
]


def test_bad_labels_cost_their_lines_and_say_where(desk: ImportDesk, caplog: pytest.LogCaptureFixture) -> None:
    good = said(OPENING, "none")
    bad = [{"stance": "local"} | label if isinstance(label, dict) else label for label, _ in BAD]
    lines = [line(f"bad{number}", 1, TEXT, statements=[label, good]) for number, label in enumerate(bad)]
    told = desk.load(*lines, line("good", 2, TEXT, statements=[good]))
    assert told.startswith(f"1 line taken, {len(BAD)} refused")
    assert len(caplog.messages) == len(BAD)
    for number, ((_, complaint), said_once) in enumerate(zip(BAD, caplog.messages, strict=True), 1):
        assert said_once.startswith(f"{desk.home / 'in.jsonl'}:{number}: ")
        assert complaint in said_once
        assert "\n" not in said_once
    assert desk.rows("SELECT article_id FROM articles") == [("good",)]
    drops = desk.rows("SELECT url, stage FROM drops")
    assert sorted(drops) == sorted((f"in.jsonl:{number}", "import") for number in range(1, len(BAD) + 1))


def test_statements_that_are_no_list_are_refused(desk: ImportDesk, caplog: pytest.LogCaptureFixture) -> None:
    desk.load(line("a1", 1, TEXT) | {"statements": {}})
    assert "statements is dict; write a list, [] if nobody says anything" in caplog.text


def test_the_documented_example_makes_the_documented_events(desk: ImportDesk) -> None:
    document = (ROOT / "docs" / "import.md").read_text(encoding="utf-8")
    example, shown = (
        part.split("```")[0] for part in document.split("```jsonl\n")[1:2] + document.split("```text\n")[1:2]
    )
    assert desk.load(example.strip()) == shown.strip()


def test_every_key_is_documented() -> None:
    document = (ROOT / "docs" / "import.md").read_text(encoding="utf-8")
    assert not [key for key in (*imports.KEYS, *given.KEYS, "statements") if f"`{key}`" not in document]
