"""What an analyst says of a statement wins over every model, for good, and can be taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractors.records import ActorType, Speaker, Theme
from tests.warehouse.analyst import correct, label, statement_of, undo
from tests.warehouse.timeline import AUTONOMY, CROWD, PEAKE, TARN, THRESHOLD, Said, Timeline, at, page, words
from warehouse.corrections import CorrectionError, find_statement
from warehouse.opinions import OpinionRow, apply_opinions, record_opinions

SPOKEN = Said(PEAKE, "local", words(1))


def stored(timeline: Timeline, statement_id: str) -> tuple[object, ...]:
    """All that the analyst's views say of a statement."""
    (row,) = (row for row in timeline.table("statements") if row[0] == statement_id)
    return row


def test_a_corrected_side_is_certain_and_its_evidence_the_whole_statement(timeline: Timeline) -> None:
    timeline.read(page("a", 1, SPOKEN))
    statement = statement_of(timeline, "a")
    assert correct(timeline, statement, stance="central").statements == 1
    query = "SELECT stance, stance_score, confidence, evidence = text, corrected, themes FROM statements"
    assert timeline.query(query) == [("central", -1.0, 1.0, True, True, ["autonomy_control"])]


def test_a_confirmed_side_keeps_its_evidence(timeline: Timeline) -> None:
    timeline.read(page("a", 1, SPOKEN))
    correct(timeline, statement_of(timeline, "a"), stance="local")
    query = "SELECT stance, stance_score, confidence, evidence, corrected FROM statements"
    assert timeline.query(query) == [("local", 1.0, 1.0, "we1", True)]


def test_a_side_brings_its_theme(timeline: Timeline) -> None:
    timeline.read(page("a", 1, replace(SPOKEN, stance="none", themes=(Theme.FINANCE,))))
    correct(timeline, statement_of(timeline, "a"), stance="balanced")
    assert timeline.query("SELECT themes, stance_score FROM statements") == [(["autonomy_control", "finance"], 0.0)]


def test_it_wins_over_a_newer_engine(timeline: Timeline) -> None:
    timeline.read(page("a", 1, SPOKEN))
    statement = statement_of(timeline, "a")
    correct(timeline, statement, speaker=TARN, stance="central")
    timeline.detect()
    before = stored(timeline, statement)
    timeline.pages["a"] = replace(timeline.pages["a"], found=(replace(SPOKEN, stance="balanced", confidence=0.99),))
    assert timeline.analyse("engine-2") == 1
    timeline.detect()
    after = stored(timeline, statement)
    assert [value for value in after if value != "engine-2"] == [value for value in before if value != "engine-1"]
    assert timeline.query("SELECT own_label.stance, own_label.confidence FROM store.statements") == [("balanced", 0.99)]
    undo(timeline, statement)
    assert label(timeline, statement) == (PEAKE.person, "balanced", 0.99, False)


def test_it_wins_over_a_second_opinion(timeline: Timeline) -> None:
    timeline.store(page("a", 1, SPOKEN))
    timeline.analyse()
    statement = statement_of(timeline, "a")
    answer = OpinionRow(statement, "ok", stance="balanced", confidence=0.9, evidence_end=3, themes=("finance",))
    record_opinions(timeline.warehouse, [answer], judge="j", run_id="r", asked_at=at(60))
    correct(timeline, statement, stance="central")
    assert apply_opinions(timeline.warehouse, "j", THRESHOLD) == 0
    assert label(timeline, statement) == (PEAKE.person, "central", 1.0, True)


def test_it_outlasts_an_edit_that_moves_the_words(timeline: Timeline) -> None:
    timeline.read(page("a", 1, SPOKEN))
    statement = statement_of(timeline, "a")
    correct(timeline, statement, stance="central")
    timeline.detect()
    timeline.read(
        page("a", 1, SPOKEN, opening="The board met again, and for much longer, in the old pump room on Friday.")
    )
    assert label(timeline, statement) == (PEAKE.person, "central", 1.0, True)
    assert timeline.query(
        "SELECT evidence, substr(a.text, start_char + 1, end_char - start_char) FROM statements"
        " JOIN articles AS a USING (article_id)"
    ) == [(words(1), words(1))]


def test_it_comes_back_with_words_that_an_edit_had_taken_out(timeline: Timeline) -> None:
    timeline.read(page("a", 1, SPOKEN))
    statement = statement_of(timeline, "a")
    correct(timeline, statement, stance="central")
    timeline.detect()
    timeline.read(page("a", 1, Said(TARN, "local", words(2))))
    assert timeline.query("SELECT statement_id FROM statements") != [(statement,)]
    timeline.read(page("a", 1, SPOKEN))
    assert label(timeline, statement) == (PEAKE.person, "central", 1.0, True)


def test_it_holds_for_the_same_words_elsewhere_now_and_later(timeline: Timeline) -> None:
    copy = Said(CROWD, "none", f"{words(1)[:-3].title()}{words(1)[-3:]}!", ())
    timeline.read(page("a", 1, SPOKEN), page("b", 2, copy))
    assert correct(timeline, statement_of(timeline, "a"), stance="central", speaker=TARN).statements == 2
    timeline.read(page("c", 3, SPOKEN))
    for article in "abc":
        assert label(timeline, statement_of(timeline, article)) == (TARN.person, "central", 1.0, True)


def test_short_words_are_corrected_elsewhere_only_if_the_same_actor_says_them(timeline: Timeline) -> None:
    short = [Said(who, "local", "Let them decide") for who in (PEAKE, TARN, CROWD)]
    timeline.read(page("a", 1, short[0]), page("b", 2, short[1]), page("c", 3, short[2]))
    correct(timeline, statement_of(timeline, "a"), stance="none")
    timeline.read(page("d", 4, short[0]))
    labels = [label(timeline, statement_of(timeline, article))[1] for article in "abcd"]
    assert labels == ["none", "local", "local", "none"]


def test_it_holds_for_the_same_passage_cut_otherwise_by_another_engine(timeline: Timeline) -> None:
    timeline.read(page("a", 1, SPOKEN))
    correct(timeline, statement_of(timeline, "a"), stance="central")
    timeline.detect()
    cut = words(1)[: -len(" to us1")]
    timeline.pages["a"] = replace(timeline.pages["a"], found=(replace(SPOKEN, text=cut),))
    timeline.analyse("engine-2")
    assert timeline.query("SELECT text, stance, corrected FROM statements") == [(cut, "central", True)]
    timeline.pages["a"] = replace(timeline.pages["a"], found=(replace(SPOKEN, text=cut[:20]),))
    timeline.analyse("engine-3")
    assert timeline.query("SELECT stance, corrected FROM statements") == [("local", False)]


def test_the_later_correction_of_a_field_holds_and_others_stay(timeline: Timeline) -> None:
    timeline.read(page("a", 1, SPOKEN))
    statement = statement_of(timeline, "a")
    correct(timeline, statement, stance="central", themes=("finance",))
    correct(timeline, statement, hour=1, speaker=TARN)
    correct(timeline, statement, hour=2, stance="balanced")
    assert label(timeline, statement) == (TARN.person, "balanced", 1.0, True)
    assert timeline.query("SELECT themes, role FROM statements") == [(["autonomy_control", "finance"], TARN.role)]
    rows = timeline.query("SELECT stance, person, own_stance, own_person, corrected_by, note FROM corrections")
    assert rows == [
        ("central", None, "local", PEAKE.person, "me", "read"),
        (None, TARN.person, "local", PEAKE.person, "me", "read"),
        ("balanced", None, "local", PEAKE.person, "me", "read"),
    ]
    states = "SELECT status FROM corrections ORDER BY corrected_at"
    assert timeline.query(states) == [("in force",)] * 3  # of the first, the themes
    correct(timeline, statement, hour=3, themes=("workforce",))
    assert timeline.query(states) == [("superseded",), ("in force",), ("in force",), ("in force",)]
    undo(timeline, statement, hour=4)
    assert timeline.query(states) == [*[("undone",)] * 4, ("undo",)]


def test_an_undo_puts_the_machines_label_back_and_is_a_row_itself(timeline: Timeline) -> None:
    timeline.read(page("a", 1, SPOKEN), page("b", 2, SPOKEN))
    statement = statement_of(timeline, "a")
    before = timeline.table("statements")
    correct(timeline, statement, speaker=TARN, stance="central", themes=())
    assert timeline.table("statements") != before
    assert undo(timeline, statement).statements == 2
    assert timeline.table("statements") == before
    assert timeline.query("SELECT kind FROM corrections ORDER BY corrected_at") == [("correct",), ("undo",)]
    correct(timeline, statement, hour=2, stance="none")
    assert label(timeline, statement) == (PEAKE.person, "none", 1.0, True)


def test_a_corrected_speaker_alone_leaves_the_side_as_sure_as_it_was(timeline: Timeline) -> None:
    timeline.read(page("a", 1, SPOKEN))
    statement = statement_of(timeline, "a")
    correct(timeline, statement, speaker=TARN)
    assert label(timeline, statement) == (TARN.person, "local", 0.9, True)
    assert timeline.query("SELECT a.person FROM statements JOIN actors AS a USING (actor_id)") == [(TARN.person,)]


def test_nobody_has_no_actor(timeline: Timeline) -> None:
    timeline.read(page("a", 1, SPOKEN))
    statement = statement_of(timeline, "a")
    correct(timeline, statement, speaker=Speaker("", "a manager", "", ActorType.OTHER))
    assert timeline.query("SELECT actor_id, person, role, organisation FROM statements") == [
        (None, "", "a manager", "")
    ]
    assert timeline.table("actors") == []
    timeline.read(page("b", 2, Said(PEAKE, "local", words(2), AUTONOMY)))
    timeline.analyse("engine-2")
    assert label(timeline, statement) == ("", "local", 0.9, True)


def test_a_reference_must_mean_one_statement(timeline: Timeline) -> None:
    timeline.read(page("a", 1, SPOKEN, Said(TARN, "local", words(2))))
    statement = statement_of(timeline, "a", words(1))
    assert find_statement(timeline.warehouse, statement[:6]).statement_id == statement
    for key, message in (("", "at least 4"), ("a", "at least 4"), ("zzzz", "no statement"), ("%%%%", "no statement")):
        with pytest.raises(CorrectionError, match=message):
            find_statement(timeline.warehouse, key)
    timeline.query("BEGIN TRANSACTION")
    timeline.query("UPDATE store.statements SET statement_id = 'beef' || substr(statement_id, 5)")
    with pytest.raises(CorrectionError, match="several begin so: beef"):
        find_statement(timeline.warehouse, "beef")
    timeline.query("ROLLBACK")
