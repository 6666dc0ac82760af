"""Clauses and the sentence before a statement."""

from __future__ import annotations

import pytest

from extractors.clauses import clause_runs, clauses, sentence_before, sentences


def test_clauses_break_at_marks_and_turns_and_keep_the_text() -> None:
    text = "We welcome the plan, but boards must decide; nothing else will do."
    assert [text[start:end] for start, end in clauses(text)] == [
        "We welcome the plan",
        "but boards must decide",
        "nothing else will do.",
    ]


def test_runs_come_shortest_first_and_never_below_three_words() -> None:
    text = "Yes, we agree, and boards must now decide for themselves."
    runs = [text[start:end] for start, end in clause_runs(text, 400)]
    assert runs == sorted(runs, key=len)
    assert all(len(run.split()) >= 3 for run in runs)
    assert text in runs


def test_runs_beyond_the_limit_are_left_out() -> None:
    assert clause_runs("one two three four five six", 10) == []


@pytest.mark.parametrize(
    ("text", "statement", "before"),
    [
        ("It rained. She sang. “Let us go.”", "Let us go", "She sang."),
        ("It rained. She sang.\n\n“Let us go.”", "Let us go", "She sang."),
        ("Let us go.", "Let us go", ""),
        ("He said: “Let us go.”", "Let us go", "He said:"),
    ],
)
def test_sentence_before(text: str, statement: str, before: str) -> None:
    assert sentence_before(text, text.index(statement)) == before


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [""]),
        ("One clause, no more", ["One clause, no more"]),
        (
            "It rained. Then it snowed! “Why?” Nobody knows. ",
            ["It rained.", "Then it snowed!", "“Why?”", "Nobody knows."],
        ),
        (
            "He paid £3.50 to Dr. no one, at 8.30 a.m. precisely.",
            ["He paid £3.50 to Dr. no one, at 8.30 a.m. precisely."],
        ),
    ],
)
def test_sentences_are_spans_of_the_text(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == expected
